import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { PageSpec, RowSpec } from '../../api/types'
import { both, draw, metaOf, serve } from '../../testing/render'
import { Page, rowsOf } from './Page'

afterEach(() => vi.unstubAllGlobals())

const row = (kind: 'sentence' | 'doors'): RowSpec => ({
  height: null,
  tiles: [
    { id: kind, kind, title: null, help: null, refresh_seconds: null, span: 24, source: `/api/v1/${kind}` },
  ],
})
const specOf = (room: string, ...rows: RowSpec[]): PageSpec => ({
  id: 'p',
  path: '/',
  title: both('页'),
  room,
  icon: '',
  filters: ['date'],
  rows,
  tab: null,
  strips: {},
  start: null,
  choices: [],
  exports: [],
})
const kinds = (rows: readonly RowSpec[]) => rows.flatMap(({ tiles }) => tiles.map(({ kind }) => kind))

it('an empty shop shows its doors, in every room but that of the data', () => {
  expect(kinds(rowsOf(specOf('overview', row('sentence')), true))).toEqual(['doors'])
  expect(kinds(rowsOf(specOf('overview', row('doors'), row('sentence')), true))).toEqual(['doors'])
  expect(kinds(rowsOf(specOf('data', row('sentence')), true))).toEqual(['sentence'])
})

it('a shop with data shows no doors', () => {
  expect(kinds(rowsOf(specOf('overview', row('doors'), row('sentence')), false))).toEqual(['sentence'])
})

it('tiles appear below the filters, each with its own data', async () => {
  serve({ '/api/v1/sentence': { text: both('净收入 ¥190.2万') } })
  draw(<Page spec={specOf('overview', row('sentence'))} routeParams={{}} meta={metaOf()} />)
  expect((await screen.findByText('¥190.2')).tagName).toBe('B')
  expect(screen.getByRole('region', { name: '筛选' })).toBeTruthy()
})

it('the pages of a room stand side by side, and the one on screen is marked', () => {
  serve({ '/api/v1/sentence': { text: both('一句') } })
  const first = { ...specOf('finance', row('sentence')), tab: both('利润表') }
  const second = {
    ...specOf('finance', row('sentence')),
    id: 'cash',
    path: '/finance/cash',
    tab: both('资金'),
  }
  const apart = { ...specOf('finance', row('sentence')), id: 'apart', path: '/finance/apart' }
  draw(<Page spec={first} pages={[first, second, apart]} routeParams={{}} meta={metaOf()} />)
  const links = within(screen.getByRole('navigation', { name: '本板块的页面' })).getAllByRole('link')
  expect(links.map((link) => [link.textContent, link.getAttribute('aria-current')])).toEqual([
    ['利润表', 'page'],
    ['资金', null],
  ])
})

it('a choice of the page is kept in the address, its default is not, and files take it along', async () => {
  serve({ '/api/v1/sentence': { text: both('一句') } })
  const options = [
    { value: 'payment', label: both('付款口径') },
    { value: 'completion', label: both('退款完成口径') },
  ]
  const spec: PageSpec = {
    ...specOf('finance', row('sentence')),
    choices: [{ key: 'basis', label: both('退款口径'), options }],
    exports: [{ id: 'xlsx', label: both('导出 Excel'), source: '/api/v1/finance/pnl.xlsx' }],
  }
  draw(<Page spec={spec} routeParams={{}} meta={metaOf()} />, { at: '/?from=2026-10-01' })
  await userEvent.click(screen.getByRole('combobox', { name: '退款口径' }))
  await userEvent.click(await screen.findByTitle('退款完成口径'))
  await vi.waitFor(() =>
    expect(screen.getByTestId('address').textContent).toBe('/?from=2026-10-01&basis=completion'),
  )
  expect(screen.getByRole('link', { name: '导出 Excel' }).getAttribute('href')).toBe(
    '/api/v1/finance/pnl.xlsx?from=2026-10-01&basis=completion&lang=zh',
  )
})
