import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { draw, serve, tileOf } from '../../testing/render'
import StockCounts from './StockCounts'

afterEach(() => vi.unstubAllGlobals())

const count = {
  count_id: 'PD-1',
  day: '2026-06-01',
  warehouses: ['主仓'],
  goods: 20,
  off: 3,
  surplus: 10,
  shortage: -24.5,
  unpriced: 0,
  approved_by: null,
  adjusted: 0,
}
const tile = tileOf({ kind: 'stock_counts' })
const listed = (changed: object) => ({ counts: [{ ...count, ...changed }], currency: 'CNY', warnings: [] })

describe('stock counts', () => {
  it('takes an approval only with a name', async () => {
    const asked = serve({ '/api/v1/data': listed({}), '/api/v1/inventory/count-approvals': {} })
    draw(<StockCounts {...tile} />)
    await screen.findByText('20 个 SKU，3 个有差异')
    const sure = screen.getByRole('button', { name: /^批\s*准$/ })
    expect(sure.hasAttribute('disabled')).toBe(true)
    await userEvent.type(screen.getByRole('textbox'), '仓储主管')
    await userEvent.click(sure)
    const sent = asked.find((each) => each.method === 'POST')
    expect(JSON.parse(String(sent?.body))).toEqual({ count_id: 'PD-1', by: '仓储主管' })
  })

  it('offers the adjustments of an approved count until they are booked', async () => {
    serve({ '/api/v1/data': listed({ approved_by: '主管' }) })
    draw(<StockCounts {...tile} />)
    const link = await screen.findByRole('link', { name: '下载调整单' })
    expect(link.getAttribute('href')).toBe('/api/v1/inventory/adjustments.csv?count=PD-1')
    expect(screen.getByText('主管 已批准')).toBeTruthy()
  })

  it('says that the books are adjusted', async () => {
    serve({ '/api/v1/data': listed({ approved_by: '主管', adjusted: 3 }) })
    draw(<StockCounts {...tile} />)
    await screen.findByText('已调整 3 个 SKU')
    expect(screen.queryByRole('link')).toBeNull()
  })
})
