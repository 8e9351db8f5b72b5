import { useEffect, useLayoutEffect, useRef } from 'react'
import { useNavigationType, type Location } from 'react-router'

const places = new Map<string, number>()
// Tiles arrive one by one; until then the page may be too short to go back to the place.
const PATIENCE_MS = 1500

function restore(top: number): () => void {
  const until = performance.now() + PATIENCE_MS
  let frame = 0
  const tryAgain = () => {
    window.scrollTo(0, top)
    if (Math.abs(window.scrollY - top) > 1 && performance.now() < until)
      frame = requestAnimationFrame(tryAgain)
  }
  tryAgain()
  return () => cancelAnimationFrame(frame)
}

/** A new page starts at its top; Back returns to where the person was. */
export function useScrollPlace(page: Location): void {
  const how = useNavigationType()
  const before = useRef(page.pathname)
  useEffect(() => {
    history.scrollRestoration = 'manual'
    const remember = () => places.set(page.key, window.scrollY)
    window.addEventListener('scroll', remember, { passive: true })
    return () => window.removeEventListener('scroll', remember)
  }, [page.key])
  useLayoutEffect(() => {
    const isNewPage = before.current !== page.pathname
    before.current = page.pathname
    if (!isNewPage) return
    if (how === 'POP') return restore(places.get(page.key) ?? 0)
    window.scrollTo(0, 0)
    // Only a change of page moves the screen; `how` is read at that moment.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [page.key, page.pathname])
}
