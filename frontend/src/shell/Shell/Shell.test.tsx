import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PageSpec } from '../../api/types'
import { both, draw, metaOf, serve } from '../../testing/render'
import { Shell, matchPage } from './Shell'

const page = (id: string, path: string, source: string): PageSpec => ({
  id,
  path,
  title: both(id),
  room: 'overview',
  icon: '',
  filters: [],
  tab: null,
  strips: {},
  start: null,
  choices: [],
  exports: [],
  rows: [
    {
      height: null,
      tiles: [
        { id: 's', kind: 'sentence', title: null, help: null, refresh_seconds: null, span: 24, source },
      ],
    },
  ],
})
const pages = [page('指标页', '/metrics/:name', '/api/v1/m/{name}'), page('首页', '/', '/api/v1/home')]
const metric = { name: 'refund_rate', label: both('退款率'), definition: both(''), formula: '' }

beforeEach(() => {
  serve({
    '/api/v1/meta': metaOf(),
    '/api/v1/pages': { pages },
    '/api/v1/metrics': { metrics: [metric] },
    '/api/v1/home': { text: both('首页一句话') },
    '/api/v1/m/refund_rate': { text: both('退款一句话') },
    '/api/v1/source/7/3': {
      file: 'a.csv',
      row: 3,
      format: 'f',
      format_label: both('订单报表'),
      store: '店',
      cells: [],
      batch: {},
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

it('an address finds its page, exact paths before templates', () => {
  const exact = page('全部', '/metrics/all', '')
  expect(matchPage([...pages, exact], '/metrics/all')?.spec.id).toBe('全部')
  expect(matchPage(pages, '/metrics/x')?.params).toEqual({ name: 'x' })
  expect(matchPage(pages, '/nowhere')).toBeNull()
})

it('a page about a metric carries the name of the metric', async () => {
  draw(<Shell />, { at: '/metrics/refund_rate' })
  await screen.findByText('退款一句话')
  await screen.findByRole('heading', { level: 1, name: '退款率' })
  expect(document.title).toBe('退款率 · 掌柜')
})

it('a room without a page says what would fill it', async () => {
  draw(<Shell />, { at: '/traffic' })
  await screen.findByText(/这一板块还没有页面。需要流量报表/)
})

it('an unknown address says so', async () => {
  draw(<Shell />, { at: '/nowhere' })
  await screen.findByText('没有这个页面')
})

it('slash searches, and Enter opens the first hit', async () => {
  draw(<Shell />)
  await screen.findByText('首页一句话')
  await userEvent.keyboard('/')
  await userEvent.type(await screen.findByRole('combobox', { name: '搜索页面、指标' }), '退款')
  await screen.findByRole('option', { name: /退款率/ })
  await userEvent.keyboard('{Enter}')
  await screen.findByText('退款一句话')
  expect(screen.getByTestId('address').textContent).toBe('/metrics/refund_rate')
})

it('a question mark lists the keys', async () => {
  draw(<Shell />)
  await screen.findByText('首页一句话')
  await userEvent.keyboard('?')
  await screen.findByText('先按 g，再按字母，前往板块')
})

it('a row of a file opened by its address alone is a page of its own', async () => {
  draw(<Shell />, { at: '/source/7/3' })
  await screen.findByText('第 3 行')
  expect(screen.getByText('a.csv')).toBeTruthy()
})

it('a server that does not answer is said in words', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')))
  draw(<Shell />)
  await screen.findByText(/连不上掌柜服务/)
})
