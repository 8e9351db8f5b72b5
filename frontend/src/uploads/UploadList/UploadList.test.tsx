import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { FileReport, Job } from '../../api/types'
import { both, draw, serve, type Asked } from '../../testing/render'
import { addFiles, clearUploads } from '../uploadStore'
import { UploadList } from './UploadList'

afterEach(() => {
  act(clearUploads)
  vi.unstubAllGlobals()
})

const job = (part: Partial<Job>): Job => ({
  id: 1,
  kind: 'load',
  label: both('导入文件'),
  state: 'done',
  progress: null,
  result: null,
  error: null,
  cancel_requested: false,
  created_at: '2026-11-21T09:12:00Z',
  started_at: null,
  finished_at: null,
  ...part,
})
const report: FileReport = {
  file: 'a.csv',
  format: 'tmall',
  title: both('天猫订单报表'),
  store: '旗舰店',
  received: 10,
  accepted: 8,
  duplicate: 0,
  superseded: 0,
  quarantined: 2,
  rejected: 0,
  non_data: 1,
  currency: 'CNY',
  file_total: 100,
  ledger_total: 80,
  rounding: 0,
  period: ['2020-02-01', '2020-02-29'],
  issues: [
    {
      rule: 'no_such_date',
      message: 'no such day',
      message_zh: '没有这一天',
      n_rows: 2,
      column: '付款时间',
      detail: null,
    },
  ],
  notes: [both('已建立店铺')],
}

async function upload(answer: Job, onLoad?: (asked: Asked) => unknown) {
  serve({ '/api/v1/load': onLoad ?? { job_id: 1 }, '/api/v1/jobs/1': answer })
  draw(<UploadList />)
  await act(() => addFiles([new File(['x'], 'a.csv')]))
}

it('a loaded file is named in words with its equation, totals and problems', async () => {
  await upload(job({ result: { files: [report] } }))
  await screen.findByText(/天猫订单报表, 2020-02-01 – 2020-02-29/)
  expect(screen.getByRole('group', { name: '账本等式' }).textContent).toContain('收到 10')
  expect(screen.getByText('¥20.00 在隔离或拒收的行里')).toBeTruthy()
  expect(screen.getByText(/没有这一天 · 付款时间/)).toBeTruthy()
  expect(screen.getByText('另有 1 行是标题、页脚或空行')).toBeTruthy()
})

it('a running job shows how far it is and how fast it goes', async () => {
  const progress = { done: 5000, total: 10000, unit: 'rows', rate: 120000, label: both('正在导入') }
  await upload(job({ state: 'running', progress }))
  await screen.findByText('正在导入 · 5,000 / 10,000 行 · 12万 行/秒')
})

it('where several stores fit, the answer is sent with the file', async () => {
  const forms: FormData[] = []
  const choices = [{ shop_id: 1, name: '旗舰店' }]
  await upload(
    job({ state: 'failed', error: { code: 'store_ambiguous', what: '', where: '', next: '', choices } }),
    ({ body }) => {
      forms.push(body as FormData)
      return { job_id: 1 }
    },
  )
  await userEvent.click(await screen.findByRole('button', { name: '旗舰店' }))
  await vi.waitFor(() => expect(forms.map((form) => form.get('store'))).toEqual([null, '旗舰店']))
})

it('a locked file asks for its password and is sent again with it', async () => {
  const forms: FormData[] = []
  const error = { code: 'password_protected', what: '', where: 'a.csv', next: '' }
  await upload(job({ state: 'failed', error }), ({ body }) => {
    forms.push(body as FormData)
    return { job_id: 1 }
  })
  await userEvent.type(await screen.findByLabelText('密码'), 'secret{Enter}')
  await vi.waitFor(() => expect(forms.map((form) => form.get('password'))).toEqual([null, 'secret']))
})

it('an unknown file offers the map written for it', async () => {
  const forms: FormData[] = []
  const error = { code: 'unknown_format', what: 'unknown', where: 'a.csv', next: '', map: 'table = "orders"' }
  await upload(job({ state: 'failed', error }), ({ body }) => {
    forms.push(body as FormData)
    return { job_id: 1 }
  })
  await userEvent.click(await screen.findByRole('button', { name: '用这份对应表读取' }))
  await vi.waitFor(() => expect(forms.at(-1)?.get('map')).toBe('table = "orders"'))
})

it('an unknown file that waits leads to the page on which its columns are said', async () => {
  const near = [{ format: 'taobao.orders', title: both('淘宝订单报表'), missing: ['订单付款时间'] }]
  const error = {
    code: 'unknown_format',
    what: '',
    where: 'a.csv',
    next: '',
    map: 'table = "orders"',
    near,
    waiting: 7,
  }
  await upload(job({ state: 'failed', error }))
  const link = await screen.findByRole('link', { name: '逐列核对' })
  expect(link.getAttribute('href')).toBe('/data/map?file=7')
  expect(screen.getByText('最接近：淘宝订单报表，这份文件没有它的 订单付款时间')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '直接改文字' }))
  expect(screen.getByRole('button', { name: '用这份对应表读取' })).toBeTruthy()
})

it('a refused file says why and can be read again', async () => {
  await upload(
    job({ state: 'failed', error: { code: 'empty_file', what: 'empty', where: 'a.csv', next: 'again' } }),
  )
  expect((await screen.findByRole('alert')).textContent).toContain('这是一份空文件')
  expect(screen.getByRole('button', { name: '重新读取' })).toBeTruthy()
})
