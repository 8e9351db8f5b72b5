import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { both, draw, tileOf } from '../../testing/render'
import { ChartTile } from './ChartTile'

afterEach(() => vi.restoreAllMocks())

const table = {
  columns: [
    { key: 'x', label: both('省份'), unit: 'text' as const },
    { key: 'v', label: both('支付金额'), unit: 'money' as const },
  ],
  rows: [{ x: '上海', v: 12.5 }],
}
const tile = (
  <ChartTile tile={tileOf({ kind: 'bar' })} data={{ currency: 'CNY' }} table={table} isStale={false}>
    {() => <div role="img" aria-label="图" />}
  </ChartTile>
)

it('a drawing can be read as a table, and back', async () => {
  draw(tile)
  await userEvent.click(screen.getByRole('button', { name: '以表格显示: 标题' }))
  expect(screen.getByRole('cell', { name: '¥12.50' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '以图形显示: 标题' }))
  expect(screen.getByRole('img', { name: '图' })).toBeTruthy()
})

it('its rows can be taken away as CSV', async () => {
  const made: Blob[] = []
  URL.createObjectURL = (blob: Blob) => `blob:${made.push(blob)}`
  URL.revokeObjectURL = () => undefined
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  draw(tile)
  await userEvent.click(screen.getByRole('button', { name: '导出与显示: 标题' }))
  await userEvent.click(await screen.findByText('导出 CSV'))
  expect(click).toHaveBeenCalledOnce()
  expect(made).toHaveLength(1)
  expect(made[0]?.type).toContain('text/csv')
})
