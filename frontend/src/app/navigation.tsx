import { createContext, useCallback, useContext, useMemo, type MouseEvent, type ReactNode } from 'react'
import { useLocation, useNavigate, type Location } from 'react-router'
import { carry } from '../filters/filters'

/** Where a page lies under open drawers; drawers are routes of their own so that Back closes them. */
export interface Overlay {
  under: Location[]
}

const OVERLAY_PATHS = /^\/(rows|source\/)/

export function isOverlayPath(path: string): boolean {
  return OVERLAY_PATHS.test(path)
}

function underOf(location: Location): Location[] {
  return (location.state as Overlay | null)?.under ?? []
}

export interface View {
  /** The page's own location, whatever drawers lie above it. */
  page: Location
  params: URLSearchParams
  /** Locations shown as drawers, lowest first. */
  drawers: Location[]
  setParams: (params: URLSearchParams) => void
  open: (href: string) => void
  hrefOf: (href: string) => string
  back: () => void
}

const Context = createContext<View | null>(null)

export function NavigationProvider({ children }: { children: ReactNode }) {
  const location = useLocation()
  const navigate = useNavigate()
  const stack = useMemo(() => [...underOf(location), location], [location])
  const page = stack[0] ?? location
  const params = useMemo(() => new URLSearchParams(page.search), [page.search])

  const open = useCallback(
    (href: string) => {
      if (href.startsWith('/api/')) {
        window.location.assign(href)
        return
      }
      const to = carry(href, params)
      const above =
        isOverlayPath(href) &&
        !(stack.length === 1 && isOverlayPath(location.pathname) && href.startsWith('/rows'))
      void navigate(to, above ? { state: { under: stack } satisfies Overlay } : {})
    },
    [location.pathname, navigate, params, stack],
  )
  const value = useMemo<View>(
    () => ({
      page,
      params,
      drawers: stack.slice(1),
      setParams: (next) => void navigate({ pathname: page.pathname, search: next.toString() }),
      open,
      hrefOf: (href) => (href.startsWith('/api/') ? href : carry(href, params)),
      back: () => void (stack.length > 1 ? navigate(-1) : navigate('/')),
    }),
    [navigate, open, page, params, stack],
  )
  return <Context.Provider value={value}>{children}</Context.Provider>
}

export function useView(): View {
  const view = useContext(Context)
  if (view === null) throw new Error('useView needs a NavigationProvider above it')
  return view
}

interface GoProps {
  href: string
  className?: string
  children: ReactNode
  label?: string
  current?: boolean
  onGo?: () => void
}

/** A link that takes the filters along and opens drill targets in a drawer. */
export function Go({ href, className, children, label, current, onGo }: GoProps) {
  const { open, hrefOf } = useView()
  const click = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    event.preventDefault()
    open(href)
    onGo?.()
  }
  return (
    <a
      href={hrefOf(href)}
      className={className}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
      onClick={click}
    >
      {children}
    </a>
  )
}
