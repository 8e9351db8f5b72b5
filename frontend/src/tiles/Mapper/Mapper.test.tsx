import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { MapPreview, Mapping } from '../../api/types'
import { NO_NOTES, both, draw, serve, tileOf, type Asked } from '../../testing/render'
import Mapper from './Mapper'

afterEach(() => vi.unstubAllGlobals())

const target = (name: string, label: string, part: Partial<Mapping['targets'][number]> = {}) => ({
  name,
  label: both(label),
  group: both('需要'),
  unit: 'text' as const,
  needed: [] as string[],
  is_personal: false,
  is_amount: false,
  note: null,
  ...part,
})
const column = (header: string, ...samples: string[]) => ({ header, samples, n_blank: 0, n_rows: 2 })
const mapping: Mapping = {
  file: { id: 7, file: '自建站.xlsx', arrived_at: '2026-11-21T09:12:00Z' },
  sheets: [{ name: '自建站.xlsx', sheet: '明细', n_columns: 3 }],
  reading: { kind: 'xlsx', encoding: null, header_row: 1, sheet: '明细', table: '自建站.xlsx' },
  columns: [column('单号', 'A1', 'A2'), column('钱', '9.90'), column('手机', '138****8000')],
  tables: [
    { name: 'orders', label: both('订单'), score: 0.9, n_columns: 2, missing: [] },
    { name: 'customers', label: both('客户'), score: 0.2, n_columns: 1, missing: [] },
  ],
  targets: [
    target('order_id', '订单编号', { needed: ['order_id'] }),
    target('order_amount', '订单金额', { group: both('金额'), unit: 'money', is_amount: true }),
    target('phone', '手机号', { group: both('买家'), is_personal: true }),
  ],
  guesses: [{ name: 'order_id', header: '单号', score: 0.9, reason: both('常指订单编号') }],
  starts: [{ id: 'guess', label: both('猜测'), missing: [] }],
  start: 'guess',
  document: { table: 'orders', columns: { order_id: '单号' }, classify: [{ kind: 'gift' }] },
  platforms: [{ name: 'own_site', label: both('自有网站') }],
  stores: ['官网'],
  notes: [both('没有付款时间')],
  saved_as: null,
}
const preview: MapPreview = {
  problem: null,
  missing: [],
  is_whole: true,
  n_rows: 2,
  n_good: 1,
  n_apart: 1,
  n_rejected: 0,
  columns: [
    { name: 'order_id', label: both('订单编号'), header: '单号', unit: 'text', n_blank: 0, n_faults: 0 },
    { name: 'order_amount', label: both('订单金额'), header: '钱', unit: 'money', n_blank: 0, n_faults: 1 },
    { name: 'status', label: both('订单状态'), header: '状况', unit: 'status', n_blank: 0, n_faults: 0 },
  ],
  rows: [
    {
      row: 2,
      cells: [
        { raw: 'A1', value: 'A1', rule: null },
        { raw: '9.90', value: 9.9, rule: null },
        { raw: '已完成', value: 'completed', rule: null },
      ],
    },
    {
      row: 3,
      cells: [
        { raw: 'A2', value: 'A2', rule: null },
        { raw: '5.O0', value: null, rule: both('不是金额') },
        { raw: '出仓', value: 'unknown', rule: both('不认识') },
      ],
    },
  ],
  faults: [
    {
      name: 'order_amount',
      label: both('订单金额'),
      header: '钱',
      rule: 'not_an_amount',
      text: both('不是金额'),
      n_cells: 1,
      rows: [3],
      example: '5.O0',
    },
  ],
  words: [
    {
      name: 'status',
      label: both('订单状态'),
      section: 'status',
      choices: [
        { name: 'completed', label: both('交易完成') },
        { name: 'shipped', label: both('已发货') },
      ],
      words: [
        { word: '已完成', n_rows: 1, meaning: 'completed' },
        { word: '出仓', n_rows: 1, meaning: null },
      ],
      n_unknown: 1,
    },
  ],
  headline: both('订单金额'),
  file_total: 9.9,
  good_total: 9.9,
  currency: 'CNY',
  date_from: '2026-09-01',
  date_to: '2026-09-02',
  toml: 'table = "orders"',
}
const tile = tileOf({ kind: 'mapper', source: '/api/v1/mapping' })
const FILE = '/api/v1/mapping/files/7'
const bodiesOf = (asked: readonly Asked[], path: string) =>
  asked
    .filter((each) => each.path === path)
    .map((each) => JSON.parse(String(each.body)) as Record<string, never>)

function open(more: Record<string, unknown> = {}) {
  const asked = serve({ [`${FILE}/read`]: mapping, [`${FILE}/preview`]: preview, ...more })
  draw(<Mapper {...tile} />, { at: '/data/map?file=7' })
  return asked
}

it('shows the columns of the file beside those of the ledger, with what was guessed and why', async () => {
  open()
  const own = await screen.findByRole('group', { name: '文件里的列' })
  expect(within(own).getByText('138****8000')).toBeTruthy()
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: '“订单编号” 取自哪一列' }).value).toBe(
    '单号',
  )
  expect(screen.getByText('较有把握 · 常指订单编号')).toBeTruthy()
  expect(screen.getByText('没有付款时间')).toBeTruthy()
  expect(screen.getByText('入账即变为代号，不保存原文')).toBeTruthy()
})

it('shows rows as the ledger would read them, what cannot be read, and the total', async () => {
  open()
  const table = await screen.findByRole('group', { name: '预览：账本会这样读' })
  expect(within(table).getByText('¥9.90')).toBeTruthy()
  expect(within(table).getByText('交易完成')).toBeTruthy()
  expect(within(table).getByText('5.O0')).toBeTruthy()
  expect(screen.getByRole('list', { name: '读不出的单元格' }).textContent).toContain(
    '1 格，第 3 行 · 例如 5.O0',
  )
  expect(screen.getByText('订单金额合计')).toBeTruthy()
  expect(screen.getByText('已核对全部 2 行')).toBeTruthy()
})

it('each choice is previewed, and the sections that are not edited stay', async () => {
  const asked = open()
  await screen.findByRole('group', { name: '预览：账本会这样读' })
  await userEvent.click(screen.getByText('金额（已对应 0 / 1）'))
  await userEvent.selectOptions(screen.getByRole('combobox', { name: '“订单金额” 取自哪一列' }), '钱')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: '“出仓” 的意思' }), '已发货')
  await waitFor(() =>
    expect(bodiesOf(asked, `${FILE}/preview`).at(-1)?.document).toEqual({
      table: 'orders',
      columns: { order_id: '单号', order_amount: '钱' },
      status: { 出仓: 'shipped' },
      classify: [{ kind: 'gift' }],
    }),
  )
  expect(screen.getByText('您选的')).toBeTruthy()
})

it('another table or reading begins the map anew', async () => {
  const asked = open()
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: '这份文件是' }), '客户')
  await waitFor(() =>
    expect(bodiesOf(asked, `${FILE}/read`).at(-1)).toEqual({ table: 'customers', start: 'guess' }),
  )
})

it('is loaded and kept under a name, with what became of its rows', async () => {
  const outcome = {
    file: '自建站.xlsx',
    format: 'map:自建站',
    title: both('按已保存的映射读取'),
    store: '官网',
    ...{ received: 2, accepted: 1, duplicate: 0, superseded: 0, quarantined: 1, rejected: 0, non_data: 0 },
    ...{ currency: 'CNY', file_total: 9.9, ledger_total: 9.9, rounding: 0 },
    period: ['2026-09-01', '2026-09-02'],
    issues: [],
    notes: [],
  }
  const asked = open({
    [`${FILE}/load`]: { job_id: 3 },
    '/api/v1/jobs/3': { id: 3, kind: 'load', state: 'done', error: null, result: { files: [outcome] } },
  })
  const name = await screen.findByRole('textbox', { name: '名称' })
  expect((name as HTMLInputElement).value).toBe('自建站')
  await userEvent.click(screen.getByRole('button', { name: '保存并入账' }))
  await screen.findByText(/按已保存的映射读取/)
  expect(bodiesOf(asked, `${FILE}/load`)).toEqual([
    { document: mapping.document, source_table: '自建站.xlsx', name: '自建站', store: null },
  ])
  expect(screen.getByRole('group', { name: '账本等式' }).textContent).toContain('收到 2')
})

it('where several stores fit, the person says which', async () => {
  const error = { code: 'store_ambiguous', what: '', where: '', next: '', choices: [{ name: '官网' }] }
  const asked = open({
    [`${FILE}/load`]: { job_id: 3 },
    '/api/v1/jobs/3': { id: 3, kind: 'load', state: 'failed', error, result: null },
  })
  await userEvent.click(await screen.findByRole('button', { name: '保存并入账' }))
  await userEvent.click(await screen.findByRole('button', { name: '官网' }))
  await waitFor(() => expect(bodiesOf(asked, `${FILE}/load`).at(-1)?.store).toBe('官网'))
})

it('a map that lacks something cannot be loaded and says what', async () => {
  open({ [`${FILE}/preview`]: { ...preview, missing: [[{ name: 'created_at', label: both('下单时间') }]] } })
  await screen.findByText('还缺：下单时间')
  expect(screen.getByRole('button', { name: '保存并入账' }).hasAttribute('disabled')).toBe(true)
})

it('a map that cannot be used says why', async () => {
  const problem = { code: 'map_invalid', what: 'There is no time zone.', where: 'map', next: 'mend it' }
  open({ [`${FILE}/preview`]: { ...preview, problem } })
  expect((await screen.findByRole('alert')).textContent).toContain('There is no time zone.')
})

it('files that wait are listed, and a file is no longer there once it was put away', async () => {
  const file = mapping.file
  const asked = serve({
    '/api/v1/mapping': { ...NO_NOTES, files: [file] },
    [`${FILE}/discard`]: { file_id: 7 },
  })
  draw(<Mapper {...tile} />, { at: '/data/map' })
  const link = await screen.findByRole('link', { name: '对应这份文件：自建站.xlsx' })
  expect(link.getAttribute('href')).toBe('/data/map?file=7')
  await userEvent.click(screen.getByRole('button', { name: '移走 自建站.xlsx' }))
  expect(asked.some((each) => each.path === `${FILE}/discard`)).toBe(true)
})

it('a file that waits no longer says so', async () => {
  serve({})
  draw(<Mapper {...tile} />, { at: '/data/map?file=9' })
  await screen.findByRole('alert')
  expect(screen.getByRole('link', { name: '换一份文件' })).toBeTruthy()
})
