import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { BackTest, RuleList } from '../../api/types'
import { both, draw, serve, tileOf, type Asked } from '../../testing/render'
import AlertRules from './AlertRules'
import { CONDITIONS, NEW_RULE, conditionOf } from './draft'

afterEach(() => vi.unstubAllGlobals())

const rules: RuleList = {
  rules: [
    {
      name: 'gmv',
      title: both('支付金额下降'),
      origin: 'own',
      is_on: true,
      muted_until: null,
      severity: 'warning',
      owner: both('财务'),
      document: { ...NEW_RULE, name: 'gmv' },
      error: null,
      n_alerts: 4,
    },
  ],
  metrics: [{ name: 'gmv_paid', label: both('支付金额'), unit: 'money', dimensions: ['platform'] }],
  dimensions: [{ name: 'platform', label: both('平台') }],
}
const found: BackTest = {
  sentence: both('会报警 1 次'),
  first_day: '2020-02-03',
  last_day: '2020-03-08',
  n_fired: 1,
  per_week: 0.2,
  n_steps: 35,
  currency: 'CNY',
  unit: 'money',
  fired: [
    {
      place: both('天猫'),
      first_day: '2020-03-08',
      last_day: '2020-03-08',
      n_days: 1,
      value: 400,
      expected: 1000,
      low: 600,
      high: null,
      money: 600,
      sentence: both('3月8日为 ¥400'),
    },
  ],
}

it('a rule is tried on history as it stands in the form, before it is kept', async () => {
  const posts: Asked[] = []
  serve({
    '/api/v1/alerts/rules': rules,
    '/api/v1/alerts/backtest': (asked: Asked) => {
      posts.push(asked)
      return found
    },
  })
  draw(<AlertRules {...tileOf({ kind: 'alert_rules', source: '/api/v1/alerts/rules' })} />)
  await userEvent.click(await screen.findByRole('button', { name: '修改' }))
  await userEvent.click(await screen.findByRole('button', { name: '用历史回测' }))
  await screen.findByText('会报警 1 次')
  expect(screen.getByText('3月8日为 ¥400')).toBeTruthy()
  expect(JSON.parse(String(posts[0]?.body))).toEqual({ rule: { ...NEW_RULE, name: 'gmv' } })
})

it('a rule is switched off where it stands', async () => {
  const posts: Asked[] = []
  serve({
    '/api/v1/alerts/rules': rules,
    '/api/v1/alerts/rules/gmv/switch': (asked: Asked) => {
      posts.push(asked)
      return rules
    },
  })
  draw(<AlertRules {...tileOf({ kind: 'alert_rules', source: '/api/v1/alerts/rules' })} />)
  await userEvent.click(await screen.findByRole('switch', { name: '启用 支付金额下降' }))
  await vi.waitFor(() => expect(JSON.parse(String(posts[0]?.body))).toEqual({ is_on: false }))
})

it('every kind of condition begins with all that it asks for', () => {
  for (const kind of CONDITIONS) expect(conditionOf(kind).kind).toBe(kind)
})
