import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import CostTable, { percentOf, shareOf } from './CostTable'

afterEach(() => vi.unstubAllGlobals())

it('people write percent, the ledger holds shares', () => {
  expect(percentOf(0.425)).toBe(42.5)
  expect(percentOf(null)).toBeNull()
  expect(shareOf(42.5)).toBe(0.425)
  expect(shareOf(null)).toBeNull()
})

it('one number per category is sent, and the result is called an estimate', async () => {
  const rows = [
    { category: '女装', label: both('女装'), revenue: 1000, rate: 0.4 },
    { category: '', label: both('未分类商品'), revenue: 500, rate: null },
  ]
  const asked = serve({
    '/api/v1/costs-tile': { ...NO_NOTES, rows, currency: 'CNY', missing_share: 0.36, text: null },
    '/api/v1/costs': { rates: {} },
  })
  draw(<CostTable {...tileOf({ kind: 'cost_table', source: '/api/v1/costs-tile' })} />)
  expect(await screen.findByText('预估')).toBeTruthy()
  await userEvent.type(screen.getByRole('spinbutton', { name: '未分类商品 的成本率（%）' }), '35')
  await userEvent.click(screen.getByRole('button', { name: '保存成本率' }))
  await screen.findByText('已保存，利润按预估显示')
  const post = asked.find(({ method }) => method === 'POST')
  expect(JSON.parse(String(post?.body))).toEqual({ '': 0.35 })
})
