import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, draw, serve, tileOf } from '../../testing/render'
import Purchases, { asked } from './Purchases'

afterEach(() => vi.unstubAllGlobals())

const ROW = {
  sku: 'tea',
  name: '龙井',
  supplier: '茶厂',
  quantity: 24,
  wanted: 24,
  case_units: 12,
  cash: 1440,
  expected_profit: 300,
  order_on: '2026-11-16',
  expected_on: null,
  position: 5,
  reorder_point: 20,
  safety_stock: 8,
  empty_chance: 0.4,
}
const LIST = { ...NO_NOTES, currency: 'CNY', cash: 1440, profit: 300, profit_bound: 310, rows: [ROW] }

it('asks for what differs from the proposal only', () => {
  expect(asked(100, {})).toBe('')
  expect(asked(50, { 'a b': 3 })).toBe('share=50&set=a+b%3D3')
})

it('a changed quantity is sent, and sums and file follow', async () => {
  const changed = { ...LIST, cash: 720, rows: [{ ...ROW, quantity: 12, cash: 720 }] }
  const requests = serve({ '/api/v1/data': LIST, '/api/v1/inventory/replenish': changed })
  draw(<Purchases {...tileOf({ kind: 'purchases', source: '/api/v1/data' })} />)
  const box = await screen.findByRole('spinbutton', { name: 'tea 的数量' })
  await userEvent.clear(box)
  await userEvent.type(box, '12{Enter}')
  expect((await screen.findAllByText('¥720.00')).length).toBe(2)
  expect(requests.at(-1)?.path).toBe('/api/v1/inventory/replenish?set=tea%3D12')
  const file = screen.getByRole('link', { name: /导出 Excel/ })
  expect(file.getAttribute('href')).toBe('/api/v1/inventory/replenish.xlsx?set=tea%3D12&lang=zh')
})
