import { Drawer } from 'antd'
import { Suspense, lazy, useEffect, useMemo, useState } from 'react'
import { matchPath } from 'react-router'
import { useMeta, useMetrics, usePages } from '../../api/queries'
import type { NavRoom, PageSpec, Text, TourStop } from '../../api/types'
import { isOverlayPath, useView } from '../../app/navigation'
import { useScrollPlace } from '../../app/useScrollPlace'
import { Page } from '../../page/Page/Page'
import { ErrorState, LoadingPage, NotFound } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { HelpLayer } from '../HelpLayer/HelpLayer'
import { Nav } from '../Nav/Nav'
import { SearchLayer } from '../SearchLayer/SearchLayer'
import { TopBar } from '../TopBar/TopBar'
import { Tour } from '../Tour/Tour'
import { rememberTour, wasTourSeen } from '../Tour/tourSeen'
import { useShortcuts } from '../shortcuts'
import './Shell.css'

const Drawers = lazy(() => import('../../drill/Drawers/Drawers'))
const DrillPage = lazy(() => import('../../drill/DrillPage/DrillPage'))

type Layer = 'menu' | 'search' | 'help' | null
const NO_ROOMS: NavRoom[] = []
const NO_PAGES: PageSpec[] = []
const NO_STOPS: TourStop[] = []

/** The page spec for an address; a path without parameters beats a template. */
export function matchPage(pages: readonly PageSpec[], pathname: string) {
  const sorted = [...pages].sort((a, b) => Number(a.path.includes(':')) - Number(b.path.includes(':')))
  for (const spec of sorted) {
    const match = matchPath(spec.path, pathname)
    if (match !== null) return { spec, params: match.params as Record<string, string | undefined> }
  }
  return null
}

function useTitle(title: string, appName: string): void {
  useEffect(() => {
    document.title = title === '' ? appName : `${title} · ${appName}`
  }, [title, appName])
}

/** A page about one metric is titled by that metric. */
function useSubject(name: string | undefined): Text | null {
  const metrics = useMetrics(name !== undefined)
  return metrics.data?.find((metric) => metric.name === name)?.label ?? null
}

/** Where the tour stands: it begins by itself once, on its first page, and again when asked for. */
function useTour(stops: readonly TourStop[], pathname: string) {
  const [at, setAt] = useState<number | null>(() => (wasTourSeen() ? null : 0))
  const isElsewhere = at === 0 && stops[0]?.path !== pathname
  return {
    at: isElsewhere ? null : at,
    move: setAt,
    end: () => {
      rememberTour()
      setAt(null)
    },
  }
}

/** Everything around a page: rooms, top bar, layers, drawers. */
export function Shell() {
  const { t, say } = useWords()
  const { page, drawers, open } = useView()
  const meta = useMeta()
  const pages = usePages()
  const [layer, setLayer] = useState<Layer>(null)
  const rooms = meta.data?.nav ?? NO_ROOMS
  const stops = meta.data?.tour ?? NO_STOPS
  const tour = useTour(stops, page.pathname)
  const specs = pages.data ?? NO_PAGES
  const match = useMemo(() => matchPage(specs, page.pathname), [specs, page.pathname])
  const room = rooms.find((each) => each.path === page.pathname)
  const parentRoom = rooms.find((each) => each.room === match?.spec.room)
  const isDrill = isOverlayPath(page.pathname)
  const drillTitle = t(page.pathname.startsWith('/rows') ? 'drill.rows' : 'drill.source')
  const subject = useSubject(match?.params.name)
  // A page about one thing has its title from that thing, which may still be on its way.
  const isNamed = match?.params.name === undefined || subject !== null
  const isWithin = parentRoom !== undefined && parentRoom.path !== page.pathname && isNamed
  const title = isDrill ? drillTitle : say(subject ?? match?.spec.title ?? room?.title)
  useTitle(title, t('app.name'))
  const actions = useMemo(
    () => ({
      search: () => setLayer('search'),
      help: () => setLayer('help'),
      go: (target: NavRoom) => open(target.path),
    }),
    [open],
  )
  useShortcuts(rooms, actions)
  useScrollPlace(page)

  const failed = meta.error ?? pages.error
  const nav = <Nav rooms={rooms} currentRoom={match?.spec.room} onGo={() => setLayer(null)} />
  return (
    <>
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <div className="shell">
        <div className="shell-side">{nav}</div>
        <div className="shell-body">
          <TopBar
            title={title}
            parent={isWithin ? parentRoom : null}
            meta={meta.data}
            onMenu={() => setLayer('menu')}
            onSearch={actions.search}
            onHelp={actions.help}
          />
          <main id="main" tabIndex={-1}>
            {failed ? (
              <ErrorState
                error={failed}
                onRetry={() => void Promise.all([meta.refetch(), pages.refetch()])}
              />
            ) : meta.data === undefined || pages.data === undefined ? (
              <LoadingPage />
            ) : isDrill ? (
              <Suspense fallback={<LoadingPage />}>
                <DrillPage location={page} />
              </Suspense>
            ) : match !== null ? (
              <Page
                key={page.pathname}
                spec={match.spec}
                pages={specs}
                routeParams={match.params}
                meta={meta.data}
              />
            ) : (
              <NotFound room={room} />
            )}
          </main>
        </div>
      </div>
      <Drawer
        open={layer === 'menu'}
        placement="left"
        size={300}
        onClose={() => setLayer(null)}
        title={t('app.menu')}
        className="menu-drawer"
      >
        {nav}
      </Drawer>
      <SearchLayer isOpen={layer === 'search'} rooms={rooms} pages={specs} onClose={() => setLayer(null)} />
      <HelpLayer
        isOpen={layer === 'help'}
        rooms={rooms}
        onClose={() => setLayer(null)}
        onTour={
          stops.length === 0
            ? null
            : () => {
                setLayer(null)
                tour.move(0)
                open(stops[0]?.path ?? '/')
              }
        }
      />
      {tour.at !== null && <Tour stops={stops} at={tour.at} onMove={tour.move} onEnd={tour.end} />}
      {drawers.length > 0 && (
        <Suspense fallback={null}>
          <Drawers locations={drawers} />
        </Suspense>
      )}
    </>
  )
}
