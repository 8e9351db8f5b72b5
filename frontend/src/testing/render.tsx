import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter, useLocation } from 'react-router'
import { vi } from 'vitest'
import type { Meta, TileSpec } from '../api/types'
import { Dressed } from '../app/App'
import { NavigationProvider } from '../app/navigation'
import type { Settings } from '../settings/settings'
import { SettingsProvider } from '../settings/SettingsProvider'
import type { TileProps } from '../tiles/Tile/Tile'

type Answers = Record<string, unknown>

export interface Asked {
  method: string
  path: string
  body: unknown
}

/** A server that answers by path (the query string is recorded, not matched); a function is called with the request. */
export function serve(answers: Answers): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const bare = path.split('?')[0] ?? path
    const request = { method: init.method ?? 'GET', path, body: init.body }
    asked.push(request)
    const known = answers[bare]
    const answer: unknown =
      typeof known === 'function' ? (known as (asked: Asked) => unknown)(request) : known
    const problem = {
      error: { code: 'brand_new', what: 'Nothing here', where: bare, next: 'Look elsewhere' },
    }
    const found = answer !== undefined
    return Promise.resolve(
      new Response(JSON.stringify(found ? answer : problem), { status: found ? 200 : 404 }),
    )
  })
  return asked
}

function Address() {
  const { pathname, search } = useLocation()
  return <span data-testid="address">{pathname + search}</span>
}

interface Options {
  at?: string
  settings?: Partial<Settings>
}

/** Draw something as it stands in the workbench, in Chinese unless told otherwise. */
export function draw(children: ReactNode, { at = '/', settings }: Options = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(
    <QueryClientProvider client={queries}>
      <SettingsProvider
        initial={{ lang: 'zh', theme: 'light', updown: null, colourBy: 'outcome', ...settings }}
      >
        <Dressed>
          <MemoryRouter initialEntries={[at]}>
            <NavigationProvider>
              {children}
              <Address />
            </NavigationProvider>
          </MemoryRouter>
        </Dressed>
      </SettingsProvider>
    </QueryClientProvider>,
  )
}

export const both = (text: string) => ({ zh: text, en: `${text} (en)` })

export function tileOf(part: Partial<TileSpec> & Pick<TileSpec, 'kind'>): TileProps {
  const spec: TileSpec = {
    id: part.kind,
    title: both('标题'),
    span: 24,
    source: '/api/v1/data',
    help: null,
    refresh_seconds: null,
    ...part,
  }
  return { spec, routeParams: {}, height: 'm' }
}

/** What the server adds to the data of every tile. */
export const NO_NOTES = { warnings: [], partial: null, empty: null, is_all_clear: false, doubts: null }

/** A failed check of a source, as the server tells it. */
export const DOUBT = {
  check: 'traffic.days',
  label: both('流量报表缺天'),
  text: both('2026-10-02 缺少报表'),
  next: both('重新导出这几天'),
  n: 2,
  money: 3349.28,
  currency: 'CNY',
  href: '/data/quality',
}

export function metaOf(part: Partial<Meta> = {}): Meta {
  return {
    shop: { name: '示例店' },
    is_empty: false,
    is_demo: false,
    version: '1',
    data_from: '2020-02-01',
    data_to: '2020-02-29',
    as_of: '2020-02-29',
    dimensions: {
      platform: [
        { value: 'tmall', label: both('天猫') },
        { value: 'jd', label: both('京东') },
      ],
      shop: [],
      channel: [],
    },
    dimension_labels: { province: both('省份') },
    nav: [
      { room: 'overview', title: both('经营'), path: '/', icon: 'overview', has_data: true, needs: null },
      {
        room: 'traffic',
        title: both('流量'),
        path: '/traffic',
        icon: '',
        has_data: false,
        needs: both('需要流量报表'),
      },
      { room: 'data', title: both('数据'), path: '/data', icon: 'data', has_data: true, needs: null },
    ],
    tour: [],
    token: 't',
    ...part,
  }
}
