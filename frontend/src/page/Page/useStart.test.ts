import { expect, it } from 'vitest'
import type { Meta, PageSpec } from '../../api/types'
import { startOf } from './useStart'

const meta = { data_from: '2026-01-01', data_to: '2026-09-30', promotions: [] } as unknown as Meta
const spec = { start: { dates: 'last7', compare: 'previous' } } as PageSpec
const start = (query: string, of: PageSpec = spec, at: Meta = meta) =>
  startOf(of, new URLSearchParams(query), at)?.toString() ?? null

it('a page opens with its days beside the days before, under the filters that are there', () => {
  expect(start('platform=jd')).toBe('platform=jd&from=2026-09-24&to=2026-09-30&compare=previous')
})

it('what the address says already is left as it is', () => {
  expect(start('compare=year')).toBeNull()
  expect(start('from=2026-02-01&to=2026-02-03')).toBeNull()
})

it('a page without days of its own, and a shop without data, open as they are', () => {
  expect(start('', { start: null } as PageSpec)).toBeNull()
  expect(start('', spec, { ...meta, data_to: null })).toBeNull()
})
