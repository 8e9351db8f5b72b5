import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

// Chunks that load on demand take their time on a busy machine.
configure({ asyncUtilTimeout: 8000 })
afterEach(cleanup)

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

const noMatch = (media: string) => ({
  matches: false,
  media,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
})

// What jsdom lacks. Set for good, since tests take back only their own stand-ins.
if (typeof window !== 'undefined') {
  Object.assign(window, { ResizeObserver: NoObserver, matchMedia: noMatch, scrollTo: () => undefined })
  const computed = window.getComputedStyle.bind(window)
  // jsdom knows no pseudo-elements and says so on every drawer and table.
  window.getComputedStyle = (element) => computed(element)
}
