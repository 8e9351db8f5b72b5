import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { Go, useView } from '../../app/navigation'
import { NO_NOTES, both, draw, serve } from '../../testing/render'
import Drawers from './Drawers'

afterEach(() => vi.unstubAllGlobals())

function Page() {
  const { page, drawers } = useView()
  return (
    <>
      <h1>{page.pathname}</h1>
      <Go href="/rows?metric=m">open</Go>
      <Drawers locations={drawers} />
    </>
  )
}

it('figure, rows, source: each opens above the last, and closing goes back one step', async () => {
  const columns = [{ key: 'order_id', label: both('订单号'), unit: 'text', align: null, sortable: false }]
  serve({
    '/api/v1/rows': {
      ...NO_NOTES,
      columns,
      rows: [{ order_id: '9001', _href: '/source/2/5' }],
      total: null,
      page: 1,
      pages: 1,
      n_rows: 1,
      currency: null,
    },
    '/api/v1/source/2/5': {
      file: 'a.csv',
      row: 5,
      format: 'f',
      format_label: both('订单报表'),
      store: '旗舰店',
      batch: { loaded_at: '2026-11-21T09:12:00Z' },
      cells: [
        { header: '收货人', value: '张**', column: null },
        { header: '订单编号', value: '9001', column: 'order_id' },
      ],
    },
  })
  draw(<Page />, { at: '/metrics/m?platform=jd' })
  await userEvent.click(screen.getByText('open'))
  await userEvent.click(await screen.findByText('9001'))
  await screen.findByText('第 5 行')
  expect(screen.getByText('张**')).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1, hidden: true }).textContent).toBe('/metrics/m')

  await userEvent.click(screen.getByRole('checkbox', { name: '只看用到的列' }))
  expect(screen.queryByText('张**')).toBeNull()

  await userEvent.click(screen.getAllByRole('button', { name: '关闭抽屉' }).at(-1)!)
  await vi.waitFor(() => expect(screen.getByTestId('address').textContent).toBe('/rows?platform=jd&metric=m'))
})
