import { expect, it } from 'vitest'
import type { MetricInfo } from '../../api/types'
import { searchEntries, searchHits } from './searchEntries'

const rooms = [
  {
    room: 'overview',
    title: { zh: '经营', en: 'Overview' },
    path: '/',
    icon: '',
    has_data: true,
    needs: null,
  },
  { room: 'data', title: { zh: '数据', en: 'Data' }, path: '/data', icon: '', has_data: true, needs: null },
]
const metrics: MetricInfo[] = [
  {
    name: 'refund_rate',
    label: { zh: '退款率', en: 'Refund rate' },
    definition: { zh: '', en: '' },
    formula: '',
  },
  { name: 'x', label: { zh: '净收入', en: 'Net revenue' }, definition: { zh: '', en: '' }, formula: '' },
]
const entries = searchEntries(rooms, [], metrics)

it('finds by either language and by name', () => {
  expect(searchHits(entries, '退款').map((hit) => hit.href)).toEqual(['/metrics/refund_rate'])
  expect(searchHits(entries, 'net rev').map((hit) => hit.href)).toEqual(['/metrics/x'])
  expect(searchHits(entries, 'refund_rate')).toHaveLength(1)
})

it('an empty query offers everything, an unknown word nothing', () => {
  expect(searchHits(entries, '')).toHaveLength(4)
  expect(searchHits(entries, 'zebra')).toEqual([])
})
