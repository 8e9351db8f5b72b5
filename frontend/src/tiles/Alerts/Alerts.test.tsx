import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { AlertLine, AlertList, AlertPage } from '../../api/types'
import { both, draw, serve, tileOf, type Asked } from '../../testing/render'
import Alert from '../Alert/Alert'
import Alerts from './Alerts'

afterEach(() => vi.unstubAllGlobals())

const line = (part: Partial<AlertLine> = {}): AlertLine => ({
  id: 7,
  rule: 'gmv',
  title: both('天猫：支付金额下降'),
  place: both('天猫'),
  sentence: both('支付金额为 ¥400'),
  metric: 'gmv_paid',
  label: both('支付金额'),
  unit: 'money',
  value: 400,
  expected: 1000,
  low: 600,
  high: null,
  money: 600,
  currency: 'CNY',
  evidence: 'estimated',
  severity: 'critical',
  owner: both('财务'),
  state: 'open',
  standing: 'on',
  first_day: '2020-03-08',
  last_day: '2020-03-08',
  raised_at: new Date().toISOString(),
  snoozed_until: null,
  outcome: null,
  cause_id: null,
  n_under: 2,
  href: '/alerts/7',
  ...part,
})
const list: AlertList = {
  alerts: [line()],
  n_open: 1,
  n_acknowledged: 0,
  n_snoozed: 0,
  n_resolved: 3,
  watched_at: null,
  watched_until: null,
  unusable: {},
}
const page: AlertPage = {
  alert: line(),
  days: [],
  causes: [both('支付订单数下降')],
  checks: [both('先查渠道')],
  segments: [],
  explain: null,
  metric_href: null,
  doubts: [
    {
      check: 'c',
      label: both('检查'),
      text: both('少一天'),
      next: both('补上'),
      n: 1,
      money: null,
      currency: null,
      href: '/',
    },
  ],
  steps: [{ at: '2020-03-09T02:00:00+00:00', what: 'raised', note: '' }],
  cause: null,
  under: [],
  outcomes: ['fixed', 'expected'],
  snooze_days: 7,
}

it('an alert in the list says what is at stake, how it is known, whose it is and what shares its cause', async () => {
  serve({ '/api/v1/alerts': list })
  draw(<Alerts {...tileOf({ kind: 'alerts', source: '/api/v1/alerts' })} />)
  const link = await screen.findByRole('link', { name: '天猫：支付金额下降' })
  expect(link.getAttribute('href')).toBe('/alerts/7')
  for (const text of ['严重', '¥600.00', '负责人 财务', '今天报警', '同因 2 条', '还没有检查过'])
    expect(screen.getByText(text)).toBeTruthy()
  expect(screen.getByText(/估算/)).toBeTruthy()
})

it('another state is asked of the server', async () => {
  const asked = serve({ '/api/v1/alerts': list })
  draw(<Alerts {...tileOf({ kind: 'alerts', source: '/api/v1/alerts' })} />)
  await userEvent.click(await screen.findByText('已关闭 3'))
  await vi.waitFor(() => expect(asked.at(-1)?.path).toBe('/api/v1/alerts?state=resolved'))
})

it('an alert is resolved with an outcome and a word on what was done, and not without', async () => {
  const posts: Asked[] = []
  serve({
    '/api/v1/alerts/7': page,
    '/api/v1/alerts/7/resolve': (asked: Asked) => {
      posts.push(asked)
      return { ...page, alert: line({ state: 'resolved', outcome: 'expected' }) }
    },
  })
  draw(<Alert {...tileOf({ kind: 'alert', source: '/api/v1/alerts/7' })} />)
  const heads = (await screen.findAllByRole('heading', { level: 3 })).map((head) => head.textContent)
  expect(heads).toEqual(['数据存疑，先核对数据', '先查', '原因线索', '经过'])
  await userEvent.click(screen.getByRole('button', { name: '关闭' }))
  const confirm = () => screen.getAllByRole('button', { name: '关闭' }).at(-1) as HTMLButtonElement
  await screen.findByRole('radio', { name: '本来如此' })
  expect(confirm().disabled).toBe(true)
  await userEvent.click(screen.getByRole('radio', { name: '本来如此' }))
  await userEvent.type(screen.getByRole('textbox', { name: '做了什么' }), '大促结束')
  await userEvent.click(confirm())
  await vi.waitFor(() =>
    expect(JSON.parse(String(posts[0]?.body))).toEqual({ outcome: 'expected', note: '大促结束' }),
  )
})
