import { useEffect, useRef } from 'react'
import type { NavRoom } from '../api/types'

/** One letter per room: the first letter of its name that no earlier room has taken. */
export function roomLetters(rooms: readonly NavRoom[]): Map<string, NavRoom> {
  const letters = new Map<string, NavRoom>()
  for (const room of rooms) {
    const free = [...room.room.toLowerCase()].find((c) => /[a-z]/.test(c) && !letters.has(c))
    if (free !== undefined) letters.set(free, room)
  }
  return letters
}

/** Keys typed into a field are text, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

const GO_WINDOW_MS = 1500

interface Actions {
  search: () => void
  help: () => void
  go: (room: NavRoom) => void
}

/** `/` search, `?` help, `g` then a letter for a room. */
export function useShortcuts(rooms: readonly NavRoom[], actions: Actions): void {
  const pressedG = useRef(0)
  useEffect(() => {
    const letters = roomLetters(rooms)
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const isSecond = event.timeStamp - pressedG.current < GO_WINDOW_MS && pressedG.current > 0
      pressedG.current = 0
      const room = isSecond ? letters.get(event.key.toLowerCase()) : undefined
      if (room !== undefined) actions.go(room)
      else if (event.key === '/') actions.search()
      else if (event.key === '?') actions.help()
      else if (event.key === 'g') {
        pressedG.current = event.timeStamp
        return
      } else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [rooms, actions])
}
