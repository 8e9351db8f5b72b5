import type { reports as zh } from '../zh/reports'

/** Words of the reports' schedule. */
export const reports: Record<keyof typeof zh, string> = {
  'reports.day': 'daily report',
  'reports.week': 'weekly report',
  'reports.month': 'monthly report',
  'reports.on': 'Send the {name} by itself',
  'reports.last': 'last {day}',
  'reports.at': 'At ({zone})',
  'reports.channels': 'Channels that get it',
  'reports.all_channels': 'All channels',
  'reports.no_channel': 'No channel yet: zhanggui channels add',
  'reports.send': 'Send the {name} now',
  'reports.sent': 'Handed to {n} channels',
  'reports.sent_before': 'No channel, or each has this report already',
}
