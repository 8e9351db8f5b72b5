import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Budget from './Budget'

afterEach(() => vi.unstubAllGlobals())

const cellOf = (month: string, target: number | null, state: 'ahead' | 'behind' | 'none') => ({
  month,
  target,
  actual: 900,
  forecast: 1800,
  gap: target === null ? null : 1800 - target,
  state,
})
const data = {
  ...NO_NOTES,
  months: ['2026-10', '2026-11'],
  current: '2026-11',
  store: null,
  can_enter: true,
  currency: 'CNY',
  text: null,
  rows: [
    {
      account: 'contribution_profit',
      label: both('贡献利润'),
      unit: 'money',
      good: 'up',
      cells: [cellOf('2026-10', 1000, 'behind'), cellOf('2026-11', null, 'none')],
    },
  ],
}

it('a typed target is saved for the month on screen', async () => {
  const asked = serve({ '/api/v1/data': data, '/api/v1/finance/budget': { months: {} } })
  draw(<Budget {...tileOf({ kind: 'budget' })} />)
  await userEvent.type(await screen.findByLabelText('2026-11 贡献利润 的目标'), '1500')
  await userEvent.click(screen.getByRole('button', { name: '保存目标' }))
  await screen.findByText('目标已保存')
  const saved = asked.find(({ method }) => method === 'POST')
  expect(JSON.parse(String(saved?.body))).toEqual({
    month: '2026-11',
    store: null,
    targets: { contribution_profit: 1500 },
  })
})

it('an earlier month says whether its target was met', async () => {
  serve({ '/api/v1/data': { ...data, current: null, months: ['2026-10'] } })
  draw(<Budget {...tileOf({ kind: 'budget' })} />)
  await screen.findByText('未达目标')
  expect(screen.queryByText('预计月末')).toBeNull()
})
