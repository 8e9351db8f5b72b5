const KEY = 'zhanggui.tour'
const SEEN = 'seen'

/** Whether the tour was ended in this browser. */
export function wasTourSeen(storage: Pick<Storage, 'getItem'> = localStorage): boolean {
  try {
    return storage.getItem(KEY) === SEEN
  } catch {
    return false
  }
}

export function rememberTour(storage: Pick<Storage, 'setItem'> = localStorage): void {
  try {
    storage.setItem(KEY, SEEN)
  } catch {
    // Without storage the tour begins again with the next visit.
  }
}
