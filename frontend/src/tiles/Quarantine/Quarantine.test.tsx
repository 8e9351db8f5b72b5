import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { Job, QuarantineData } from '../../api/types'
import { both, draw, serve, tileOf, type Asked } from '../../testing/render'
import Quarantine from './Quarantine'
import { countsOf } from './ReplayProgress'

afterEach(() => vi.unstubAllGlobals())

const row = (id: string, rowNo: number): QuarantineData['rows'][number] => ({
  id,
  batch_id: 1,
  file: 'a.csv',
  row: rowNo,
  column: '总金额',
  value: '壹佰',
  rule: 'not_an_amount',
  reason: both('不是金额'),
  next: both('改正这一格'),
  cells: [
    { header: '订单编号', value: '9001', column: 'order_id' },
    { header: '总金额', value: '壹佰', column: 'order_amount' },
  ],
})
const data: QuarantineData = { rows: [row('a', 3), row('b', 4)], n_rows: 2, page: 1, pages: 1 }

it('only what was changed is sent, and a changed row is chosen by itself', async () => {
  const posts: Asked[] = []
  serve({
    '/api/v1/quarantine': data,
    '/api/v1/quarantine/replay': (asked: Asked) => {
      posts.push(asked)
      return { job_id: 5 }
    },
    '/api/v1/jobs/5': {
      id: 5,
      kind: 'replay',
      state: 'done',
      error: null,
      result: { files: [{ accepted: 1, quarantined: 0 }] },
    },
  })
  draw(<Quarantine {...tileOf({ kind: 'quarantine', source: '/api/v1/quarantine' })} />)
  await userEvent.click((await screen.findAllByRole('button', { name: '改这一行' }))[0]!)
  const cell = screen.getByRole('textbox', { name: '总金额 的新值' })
  await userEvent.clear(cell)
  await userEvent.type(cell, '100')
  await userEvent.click(screen.getByRole('button', { name: '重放所选 1 行' }))
  await screen.findByText('重放完成：1 行入账，0 行仍被隔离')
  expect(JSON.parse(String(posts[0]?.body))).toEqual({ fixes: [{ id: 'a', values: { 总金额: '100' } }] })
})

it('all rows of the page can be chosen at once', async () => {
  serve({ '/api/v1/quarantine': data })
  draw(<Quarantine {...tileOf({ kind: 'quarantine', source: '/api/v1/quarantine' })} />)
  await userEvent.click(await screen.findByRole('checkbox', { name: '全选本页' }))
  expect(screen.getByRole('button', { name: '重放所选 2 行' })).toBeTruthy()
})

it('an empty quarantine says that all rows are accounted for', async () => {
  serve({ '/api/v1/quarantine': { rows: [], n_rows: 0, page: 1, pages: 1 } })
  draw(<Quarantine {...tileOf({ kind: 'quarantine', source: '/api/v1/quarantine' })} />)
  await screen.findByText('没有被隔离的行')
})

it('the outcome of a replay adds up over its files', () => {
  const files = [
    { accepted: 1, quarantined: 2 },
    { accepted: 3, quarantined: 0 },
  ]
  // 1 + 3 accepted, 2 + 0 kept apart.
  expect(countsOf({ result: { files } } as unknown as Job)).toEqual({ accepted: 4, quarantined: 2 })
})
