import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { KpiItem, PinsData } from '../../api/types'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Pins from './Pins'

afterEach(() => vi.unstubAllGlobals())

const item: KpiItem = {
  metric: 'west_share',
  label: both('西部占比'),
  unit: 'ratio',
  value: 0.05,
  change: 0.01,
  change_kind: 'pp',
  good: 'up',
  spark: [],
  evidence: 'counted',
  warning: null,
  href: '/metrics/west_share',
  numerator: null,
  doubts: [],
  target: 0.06,
  goal: 0.06,
  n_alerts: 2,
  alerts_href: '/alerts',
  rows_href: '/rows?metric=west_share',
  is_pinned: true,
}
const data: PinsData = { ...NO_NOTES, items: [item], currency: 'CNY', choices: [] }

it('a figure of the shop has its target, its alerts and its rows within reach', async () => {
  serve({ '/api/v1/data': data })
  draw(<Pins {...tileOf({ kind: 'pins' })} />)
  expect((await screen.findByText('2 条预警')).closest('a')?.getAttribute('href')).toBe('/alerts')
  const rows = screen.getByRole('link', { name: '西部占比 的明细' })
  expect(rows.getAttribute('href')).toBe('/rows?metric=west_share')
  expect(screen.getByText('6.00%')).toBeTruthy()
})

it('a figure is taken down where it stands', async () => {
  const asked = serve({ '/api/v1/data': data, '/api/v1/cockpit/pins': { pins: [], goals: {} } })
  draw(<Pins {...tileOf({ kind: 'pins' })} />)
  await userEvent.click(await screen.findByRole('button', { name: '把 西部占比 从指挥舱取下' }))
  const post = asked.find(({ method }) => method === 'POST')
  expect(JSON.parse(String(post?.body))).toEqual({ metric: 'west_share', is_pinned: false })
})
