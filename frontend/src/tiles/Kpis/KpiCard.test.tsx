import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { KpiItem } from '../../api/types'
import { DOUBT, both, draw, serve } from '../../testing/render'
import { KpiCard } from './KpiCard'

afterEach(() => vi.unstubAllGlobals())

const item: KpiItem = {
  metric: 'any',
  label: both('退款率'),
  unit: 'ratio',
  value: 0.2313,
  change: -0.0061,
  change_kind: 'pp',
  good: 'down',
  spark: [1, 2],
  evidence: 'counted',
  warning: null,
  href: '/metrics/any',
  numerator: both('退款 5 ÷ 支付 20'),
  doubts: [],
  target: null,
  goal: null,
  n_alerts: 0,
  alerts_href: null,
  rows_href: null,
  is_pinned: null,
}
const card = (part: Partial<KpiItem> = {}) => (
  <KpiCard item={{ ...item, ...part }} currency="CNY" compare="previous" />
)

it('a figure links to its page with the filters of this one', () => {
  draw(card(), { at: '/?platform=jd' })
  expect(screen.getByRole('link').getAttribute('href')).toBe('/metrics/any?platform=jd')
})

it('fewer refunds are told as better, in the colour of a rise', () => {
  const { container } = draw(card())
  expect(container.querySelector('.change-up')?.textContent).toContain('好转')
  expect(container.querySelector('.change')?.textContent).toContain('▼')
})

it('a sum is read out in full and shown in short', () => {
  draw(card({ unit: 'money', value: 2474823.07, change_kind: 'ratio', good: 'up', change: 0.11 }))
  expect(screen.getByText('¥2,474,823.07').className).toBe('sr-only')
  expect(screen.getByText('万').className).toBe('kpi-unit')
})

it('a figure that cannot be computed says why instead of a change', () => {
  draw(card({ value: null, warning: both('没有买家列') }))
  expect(screen.getByText('没有买家列')).toBeTruthy()
  expect(screen.queryByText('较上期')).toBeNull()
})

it('an estimate is marked', () => {
  draw(card({ evidence: 'estimated' }))
  expect(screen.getByText('预估')).toBeTruthy()
})

it('its meaning opens beside it, with numerator and denominator', async () => {
  serve({
    '/api/v1/metrics/any': {
      name: 'any',
      label: both('退款率'),
      definition: both('退款除以支付'),
      formula: 'a / b',
    },
  })
  draw(card())
  await userEvent.click(screen.getByRole('button', { name: '退款率 的说明' }))
  await screen.findByText('退款除以支付')
  expect(screen.getAllByText('退款 5 ÷ 支付 20').length).toBeGreaterThan(0)
})

it('a figure whose source fails a check is marked, and says why', async () => {
  draw(card({ doubts: [DOUBT] }))
  await userEvent.click(screen.getByRole('button', { name: '退款率：来源未通过检查' }))
  await screen.findByText('2026-10-02 缺少报表')
  for (const text of ['¥3,349.28', '共 2 处', '下一步：重新导出这几天'])
    expect(screen.getByText(text)).toBeTruthy()
  expect(screen.getByRole('link', { name: '查看数据质量' }).getAttribute('href')).toBe('/data/quality')
})
