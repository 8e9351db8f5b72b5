/** Words of the log of merges. */
export const merges = {
  'merge.none': 'No merges yet: no loaded file says which ids are one person.',
  'merge.kind.buyer': 'buyer',
  'merge.kind.member': 'member',
  'merge.kind.contact': 'WeCom contact',
  'merge.kind.union': 'union id',
  'merge.kind.phone': 'phone',
  'merge.sure': '{share} sure',
  'merge.source': 'Source row',
  'merge.undo': 'Undo',
  'merge.restore': 'Restore',
  'merge.undo_done': 'Undone; people and metrics follow',
  'merge.restore_done': 'Restored; people and metrics follow',
  'merge.reason': 'Reason (kept on record)',
  'merge.cancel': 'Cancel',
  'merge.decisions': 'What was undone and restored (only ever added to)',
}
