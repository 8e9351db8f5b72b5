import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { both, draw, serve, tileOf } from '../../testing/render'
import Jobs from './Jobs'

afterEach(() => vi.unstubAllGlobals())

const tile = <Jobs {...tileOf({ kind: 'jobs', source: '/api/v1/jobs' })} />
const job = {
  id: 4,
  kind: 'load',
  label: both('导入文件'),
  error: null,
  result: null,
  created_at: '2026-11-21T09:12:00Z',
}
const progress = { done: 10, total: 20, unit: 'rows', rate: null, label: null }

it('a running job can be cancelled', async () => {
  const asked = serve({
    '/api/v1/jobs': { jobs: [{ ...job, state: 'running', progress }] },
    '/api/v1/jobs/4/cancel': {},
  })
  draw(tile)
  await screen.findByText('10 / 20 行')
  await userEvent.click(screen.getByRole('button', { name: '取消任务 导入文件' }))
  expect(asked.some(({ method, path }) => method === 'POST' && path.endsWith('/4/cancel'))).toBe(true)
})

it('a failed job says why', async () => {
  const error = { code: 'interrupted', what: '', where: '', next: '' }
  serve({ '/api/v1/jobs': { jobs: [{ ...job, state: 'failed', progress: null, error }] } })
  draw(tile)
  await screen.findByText('任务被中断，账本没有改变。重新开始即可。')
})

it('without jobs it says so', async () => {
  serve({ '/api/v1/jobs': { jobs: [] } })
  draw(tile)
  await screen.findByText('没有正在进行或最近的任务')
})
