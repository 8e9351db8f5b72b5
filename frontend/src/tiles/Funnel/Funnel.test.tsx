import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { FunnelStage } from '../../api/types'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Funnel from './Funnel'

afterEach(() => vi.unstubAllGlobals())

const stageOf = (key: string, name: string, part: Partial<FunnelStage>): FunnelStage => ({
  key,
  label: both(name),
  value: null,
  of_first: null,
  of_previous: null,
  before: null,
  of_previous_before: null,
  money: null,
  is_worst: false,
  evidence: 'counted',
  href: null,
  ...part,
})
const stages = [
  stageOf('visit', '访客', { value: 200, of_first: 1 }),
  stageOf('cart', '加购', {
    value: 50,
    of_first: 0.25,
    of_previous: 0.25,
    of_previous_before: 0.2,
    money: 1200,
    is_worst: true,
    href: '/traffic/people?step=cart',
  }),
]

it('each step says who passed, what it was before and what leaving costs, and opens', async () => {
  serve({ '/api/v1/data': { ...NO_NOTES, unit: 'count', currency: 'CNY', stages } })
  draw(<Funnel {...tileOf({ kind: 'funnel' })} />)
  expect((await screen.findByText('加购')).closest('li')?.textContent).toBe(
    '↓25.00%对比期 20.00%流失约值 ¥1,200.00损失最大加购5025.00%',
  )
  await userEvent.click(screen.getByRole('button', { name: '加购' }))
  expect(screen.getByTestId('address').textContent).toBe('/traffic/people?step=cart')
})

it('has its steps as a table', async () => {
  serve({ '/api/v1/data': { ...NO_NOTES, unit: 'count', currency: 'CNY', stages } })
  draw(<Funnel {...tileOf({ kind: 'funnel' })} />)
  await userEvent.click(await screen.findByRole('button', { name: /表格/ }))
  expect(screen.getByText('加购').closest('tr')?.textContent).toContain('25.00%')
})
