import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, draw, serve, tileOf } from '../../testing/render'
import Doors from './Doors'

afterEach(() => vi.unstubAllGlobals())

const doors = (isDemoHere: boolean) => ({
  ...NO_NOTES,
  items: [
    { id: 'drop', available: true, text: null },
    { id: 'demo', available: isDemoHere, text: null },
    { id: 'connect', available: false, text: null },
  ],
})
const tile = <Doors {...tileOf({ kind: 'doors', source: '/api/v1/doors' })} />

it('three ways in, and no form', async () => {
  serve({ '/api/v1/doors': doors(false) })
  draw(tile)
  for (const name of ['放进导出文件', '看看演示店铺', '连接平台'])
    await screen.findByRole('heading', { name })
  expect(screen.getByText('zhanggui demo')).toBeTruthy()
})

it('where the server can make the demo shop, it is one click', async () => {
  const asked = serve({
    '/api/v1/doors': doors(true),
    '/api/v1/demo': { job_id: 1 },
    '/api/v1/jobs/1': { id: 1, state: 'queued' },
  })
  draw(tile)
  await userEvent.click(await screen.findByRole('button', { name: '打开演示店铺' }))
  expect(asked.some(({ method, path }) => method === 'POST' && path === '/api/v1/demo')).toBe(true)
})
