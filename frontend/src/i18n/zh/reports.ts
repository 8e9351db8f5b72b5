/** Words of the reports' schedule. */
export const reports = {
  'reports.day': '日报',
  'reports.week': '周报',
  'reports.month': '月报',
  'reports.on': '自动发送{name}',
  'reports.last': '上次 {day}',
  'reports.at': '时间（{zone}）',
  'reports.channels': '发送到的通道',
  'reports.all_channels': '全部通道',
  'reports.no_channel': '还没有通道：zhanggui channels add',
  'reports.send': '现在发送{name}',
  'reports.sent': '已交给 {n} 个通道',
  'reports.sent_before': '没有通道，或通道都已收到过这份报告',
}
