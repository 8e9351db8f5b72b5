/** Words of the log of merges. */
export const merges = {
  'merge.none': '还没有合并：导入的文件没有说哪些编号是同一个人。',
  'merge.kind.buyer': '买家',
  'merge.kind.member': '会员',
  'merge.kind.contact': '企微客户',
  'merge.kind.union': 'UnionID',
  'merge.kind.phone': '手机号',
  'merge.sure': '把握 {share}',
  'merge.source': '看原始行',
  'merge.undo': '撤销',
  'merge.restore': '恢复',
  'merge.undo_done': '已撤销，人群与指标随之更新',
  'merge.restore_done': '已恢复，人群与指标随之更新',
  'merge.reason': '原因（会记下）',
  'merge.cancel': '取消',
  'merge.decisions': '撤销与恢复的记录（只增不改）',
}
