import type { traffic as zh } from '../zh/traffic'

/** Words of tracking links and calculators. */
export const traffic: Record<keyof typeof zh, string> = {
  'link.target': 'Page',
  'link.channel': 'Channel',
  'link.click_id': 'Click id',
  'link.none': 'None',
  'link.remark': 'Remark',
  'link.add': 'Build link',
  'link.made': 'Link built',
  'link.removed': 'Link leads nowhere now',
  'link.remove': 'Stop',
  'link.copy': 'Copy',
  'link.copied': 'Copied',
  'link.clicks': 'Clicks',
  'link.bots': 'By machines',
  'link.qr': 'QR code',
  'link.empty': 'No link yet. Name a page and a channel to build the first.',
  'link.exclusive': 'Name one of creative, note, live session and group code.',
  'calc.optional': 'optional',
  'calc.go': 'Work out',
  'calc.green': 'Healthy',
  'calc.amber': 'Low',
  'calc.red': 'Loses',
}
