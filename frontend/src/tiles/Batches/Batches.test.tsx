import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { Batch } from '../../api/types'
import { both, draw, metaOf, serve, tileOf, type Asked } from '../../testing/render'
import Batches from './Batches'

afterEach(() => vi.unstubAllGlobals())

const batch: Batch = {
  id: 7,
  file: 'a.csv',
  sheet: null,
  format: 'tmall',
  format_label: both('天猫订单报表'),
  store: '旗舰店',
  platform: 'tmall',
  loaded_at: '2026-11-21T09:12:00Z',
  extracted_at: null,
  date_from: '2020-02-01',
  date_to: '2020-02-29',
  received: 3,
  accepted: 3,
  duplicate: 0,
  superseded: 0,
  quarantined: 0,
  rejected: 0,
  non_data: 0,
  file_total: 70,
  ledger_total: 70,
  rounding: 0,
  currency: 'CNY',
  issues: [],
}
const tile = <Batches {...tileOf({ kind: 'batches', source: '/api/v1/batches' })} />

it('each file shows its equation, its totals and its days', async () => {
  serve({ '/api/v1/batches': { rows: [batch], n_rows: 1 } })
  draw(tile)
  expect((await screen.findByRole('group', { name: '账本等式' })).textContent).toContain('收到 3')
  expect(screen.getByText('与文件合计一致')).toBeTruthy()
  expect(screen.getByText('2020-02-01 – 2020-02-29')).toBeTruthy()
  expect(screen.getByText('2026-11-21 17:12:00')).toBeTruthy()
})

it('a file in the wrong store can be moved to another', async () => {
  const posts: Asked[] = []
  serve({
    '/api/v1/meta': metaOf(),
    '/api/v1/batches': { rows: [batch], n_rows: 1 },
    '/api/v1/batches/7/move': (asked: Asked) => {
      posts.push(asked)
      return { job_id: 2 }
    },
    '/api/v1/jobs/2': { id: 2, kind: 'move', state: 'done', error: null, result: {} },
  })
  draw(tile)
  await userEvent.click(await screen.findByRole('button', { name: '移到其他店铺: a.csv' }))
  await userEvent.type(await screen.findByRole('combobox', { name: '目标店铺' }), '分店')
  await userEvent.click(screen.getByRole('button', { name: '移动' }))
  await screen.findByText('已移到 分店')
  expect(JSON.parse(String(posts[0]?.body))).toEqual({ store: '分店' })
})
