import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Quality from './Quality'

afterEach(() => vi.unstubAllGlobals())

const checkOf = (name: string, status: string, part: object = {}) => ({
  name,
  label: both(name),
  promise: both(`${name}应当成立`),
  aspect: both('完整'),
  source: both('流量'),
  status,
  next: both('重新导出'),
  n_stores: 3,
  n_findings: 0,
  money: null,
  currency: null,
  checked_at: '2026-11-22T00:57:37Z',
  days: [0, 0, 2],
  past: [
    { day: '2026-11-21', status: 'ok', n_findings: 0 },
    { day: '2026-11-22', status, n_findings: 1 },
  ],
  stores: [],
  ...part,
})
const failed = checkOf('缺天', 'failed', {
  money: 100,
  currency: 'CNY',
  stores: [
    {
      store: '甲店',
      status: 'failed',
      since: '2026-11-22',
      n_findings: 30,
      money: 100,
      currency: 'CNY',
      findings: [{ text: both('11-02 缺少报表'), day: '2026-11-02', money: 60 }],
    },
  ],
})
const panel = {
  ...NO_NOTES,
  checks: [failed, checkOf('数量', 'ok')],
  n_failed: 1,
  n_warning: 0,
  n_ok: 1,
  first_day: '2026-09-24',
  last_day: '2026-11-22',
  checked_at: '2026-11-22T00:57:37Z',
}

it('a check that fails says what, where, for how much and what to do', async () => {
  serve({ '/api/v1/data': panel })
  draw(<Quality {...tileOf({ kind: 'quality' })} />)
  await screen.findByText('11-02 缺少报表')
  for (const text of ['1 项未通过', '甲店', '自 2026-11-22 起', '¥60.00', '另有 29 处'])
    expect(screen.getByText(text)).toBeTruthy()
  expect(screen.getByText('下一步：').parentElement?.textContent).toBe('下一步：重新导出')
  expect(screen.getByRole('img', { name: '近 60 天：1 天有问题' })).toBeTruthy()
  expect(screen.getByRole('img', { name: '最近几次检查：2026-11-21 正常、2026-11-22 未通过' })).toBeTruthy()
})

it('what is fine shows on request', async () => {
  serve({ '/api/v1/data': panel })
  draw(<Quality {...tileOf({ kind: 'quality' })} />)
  await screen.findByText('缺天')
  expect(screen.queryByText('数量')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '看正常的 1 项' }))
  const line = screen.getByText('数量').closest('li')
  if (line === null) throw new Error('no line')
  await userEvent.click(within(line).getByRole('button', { name: '数量 的详情' }))
  expect(within(line).getByText('应当：数量应当成立')).toBeTruthy()
})

it('checking now runs in the background', async () => {
  const asked = serve({
    '/api/v1/data': panel,
    '/api/v1/quality/run': { job_id: 7 },
    '/api/v1/jobs/7': { id: 7, kind: 'check', state: 'done', progress: null, result: {}, error: null },
  })
  draw(<Quality {...tileOf({ kind: 'quality' })} />)
  await userEvent.click(await screen.findByRole('button', { name: '立即检查' }))
  await vi.waitFor(() => expect(asked.filter(({ path }) => path === '/api/v1/data')).toHaveLength(2))
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toContain('POST /api/v1/quality/run')
})

it('before anything was loaded nothing has been checked', async () => {
  serve({ '/api/v1/data': { ...panel, checks: [], n_failed: 0, n_ok: 0, checked_at: null } })
  draw(<Quality {...tileOf({ kind: 'quality' })} />)
  await screen.findByText('还没有检查过')
})
