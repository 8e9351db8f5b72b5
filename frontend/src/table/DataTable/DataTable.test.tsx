import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import type { Column, Row } from '../../api/types'
import { both, draw } from '../../testing/render'
import { DataTable } from './DataTable'

const columns: Column[] = [
  { key: 'name', label: both('商品'), unit: 'text' },
  { key: 'paid', label: both('支付金额'), unit: 'money' },
]
const rows: Row[] = [
  { name: '甲', paid: 5, _href: '/rows?metric=x' },
  { name: '乙', paid: 20 },
  { name: '丙', paid: null },
]
const names = () => [...document.querySelectorAll('tbody td:first-child')].map((cell) => cell.textContent)

it('a click on a head sorts, largest first, then turns round', async () => {
  draw(<DataTable name="t" columns={columns} rows={rows} />)
  const head = screen.getByRole('button', { name: /支付金额/ })
  await userEvent.click(head)
  expect(names()).toEqual(['乙', '甲', '丙'])
  expect(screen.getByRole('columnheader', { name: /支付金额/ }).getAttribute('aria-sort')).toBe('descending')
  await userEvent.click(head)
  expect(names()).toEqual(['甲', '乙', '丙'])
})

it('the totals row is named and keeps every digit', () => {
  draw(<DataTable name="t" columns={columns} rows={rows} total={{ paid: 2474823.07 }} currency="CNY" />)
  const foot = document.querySelector('tfoot')
  expect(foot?.textContent).toContain('合计')
  expect(foot?.textContent).toContain('¥2,474,823.07')
})

it('more than fifty rows are paged', async () => {
  const many = Array.from({ length: 120 }, (_, n): Row => ({ name: `n${n}`, paid: n }))
  draw(<DataTable name="t" columns={columns} rows={many} />)
  expect(names()).toHaveLength(50)
  await userEvent.click(screen.getByTitle('3'))
  expect(names()).toHaveLength(20)
})

it('a row opens where it says, by click and by key', async () => {
  draw(<DataTable name="t" columns={columns} rows={rows} />)
  expect(screen.getAllByRole('link')).toHaveLength(1)
  await userEvent.click(screen.getByText('甲'))
  expect(screen.getByTestId('address').textContent).toBe('/rows?metric=x')
})

it('a table of several served pages sorts only where the server can', async () => {
  const onSort = vi.fn()
  const server = { page: 1, pages: 3, nRows: 150, sorting: null, onPage: vi.fn(), onSort }
  draw(
    <DataTable
      name="t"
      columns={[columns[0]!, { ...columns[1]!, sortable: true }]}
      rows={rows}
      server={server}
    />,
  )
  expect(within(screen.getByRole('table')).queryByRole('button', { name: /商品/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: /支付金额/ }))
  expect(onSort).toHaveBeenCalledWith({ key: 'paid', isDescending: true })
  expect(names()).toEqual(['甲', '乙', '丙'])
})

it('columns can be hidden, the last one cannot', async () => {
  const five = Array.from({ length: 5 }, (_, n): Column => ({
    key: `c${n}`,
    label: both(`列${n}`),
    unit: 'text',
  }))
  draw(<DataTable name="t" columns={five} rows={[{ c0: 'x' }]} />)
  await userEvent.click(screen.getByRole('button', { name: '选择列' }))
  for (const n of [1, 2, 3, 4]) await userEvent.click(screen.getByRole('checkbox', { name: `列${n}` }))
  expect(screen.getAllByRole('columnheader')).toHaveLength(1)
  await userEvent.click(screen.getByRole('checkbox', { name: '列0' }))
  expect(screen.getAllByRole('columnheader')).toHaveLength(1)
})
