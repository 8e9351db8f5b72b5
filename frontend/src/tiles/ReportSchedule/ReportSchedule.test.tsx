import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { ReportSchedule as Schedule } from '../../api/types'
import { draw, serve, tileOf } from '../../testing/render'
import ReportSchedule from './ReportSchedule'

afterEach(() => vi.unstubAllGlobals())

const schedule: Schedule = {
  lengths: ['week'],
  at: '09:00',
  timezone: 'Asia/Shanghai',
  channels: [],
  known_channels: ['运营群'],
  last_told: { week: '2026-11-09' },
}

it('keeps the other reports when one is switched on', async () => {
  const asked = serve({ '/api/v1/reports/schedule': schedule })
  draw(<ReportSchedule {...tileOf({ kind: 'report_schedule', source: '/api/v1/reports/schedule' })} />)

  await userEvent.click(await screen.findByRole('switch', { name: /日报/ }))

  await waitFor(() => expect(asked.some(({ method }) => method === 'POST')).toBe(true))
  const body = asked.find(({ method }) => method === 'POST')?.body
  expect(JSON.parse(String(body))).toEqual({ lengths: ['day', 'week'], at: '09:00', channels: [] })
})
