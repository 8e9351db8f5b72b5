import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Statement from './Statement'
import { shownLines, statementCsv, type Line } from './lines'

afterEach(() => vi.unstubAllGlobals())

const lineOf = (key: string, part: Partial<Line> = {}): Line => ({
  key,
  label: both(key),
  parent: null,
  role: 'line',
  unit: 'money',
  values: [1, 2],
  total: 3,
  share: null,
  evidence: 'counted',
  help: null,
  href: null,
  hrefs: [],
  ...part,
})
const data = {
  ...NO_NOTES,
  columns: [
    { key: '2026-10', label: both('10月'), note: null },
    { key: '2026-11', label: both('11月'), note: both('未满月') },
  ],
  lines: [
    lineOf('应收', { values: [100, 200.5], total: 300.5, share: 1, href: '/metrics/receivable' }),
    lineOf('淘宝', { parent: '应收', values: [60, 100], total: 160 }),
    lineOf('京东', { parent: '应收', values: [40, 100.5], total: 140.5 }),
    lineOf('贡献利润', { role: 'total', values: [-5, null], total: -5, evidence: 'estimated' }),
  ],
  share_of: both('占净收入'),
  currency: 'CNY',
}
const names = () => [...document.querySelectorAll('tbody th')].map((cell) => cell.textContent?.trim())

it('parts are folded away until asked for', async () => {
  serve({ '/api/v1/data': data })
  draw(<Statement {...tileOf({ kind: 'statement' })} />)
  const toggle = await screen.findByRole('button', { name: '应收' })
  expect(toggle.getAttribute('aria-expanded')).toBe('false')
  expect(names()).toEqual(['应收', '贡献利润 预估'])
  await userEvent.click(toggle)
  expect(names()).toEqual(['应收', '淘宝', '京东', '贡献利润 预估'])
})

it('amounts keep every digit, open where they say, and a period says what is wrong with it', async () => {
  serve({ '/api/v1/data': data })
  draw(<Statement {...tileOf({ kind: 'statement' })} />)
  const total = await screen.findByRole('link', { name: '¥300.50' })
  expect(total.getAttribute('href')).toBe('/metrics/receivable')
  expect(screen.getAllByText('−¥5.00')).toHaveLength(2)
  expect(screen.getByRole('columnheader', { name: /11月/ }).textContent).toBe('11月未满月')
})

it('a part of a folded part stays hidden', () => {
  const lines = [lineOf('a'), lineOf('b', { parent: 'a' }), lineOf('c', { parent: 'b' })]
  expect(shownLines(lines, new Set(['b'])).map(({ key }) => key)).toEqual(['a'])
  expect(shownLines(lines, new Set(['a', 'b'])).map(({ key }) => key)).toEqual(['a', 'b', 'c'])
})

it('the file holds folded lines too, set in', () => {
  expect(statementCsv(data, 'zh').split('\r\n').slice(0, 3)).toEqual([
    '项目,10月,11月,合计,占净收入',
    '应收,100,200.5,300.5,1',
    '  淘宝,60,100,160,',
  ])
})
