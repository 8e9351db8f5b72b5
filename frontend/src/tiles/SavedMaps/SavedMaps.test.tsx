import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import SavedMaps from './SavedMaps'

afterEach(() => vi.unstubAllGlobals())

const MAPS = '/api/v1/mapping/maps'
const map = {
  name: '自建站',
  table: 'orders',
  table_label: both('订单'),
  header: ['单号', '金额'],
  n_columns: 2,
  saved_at: '2026-11-21T09:12:00Z',
  toml: 'table = "orders"',
}
const list = { ...NO_NOTES, maps: [map], can_undo: true }
const tile = <SavedMaps {...tileOf({ kind: 'saved_maps', source: MAPS })} />

it('shows what each map reads and fills, and its content on demand', async () => {
  serve({ [MAPS]: list })
  draw(tile)
  await screen.findByText('自建站')
  expect(screen.getByText('订单')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '查看 自建站' }))
  expect(screen.getByText('表头: 单号 · 金额')).toBeTruthy()
  expect(screen.getByText('table = "orders"')).toBeTruthy()
})

it('maps are renamed, deleted, and the last change is taken back', async () => {
  const asked = serve({
    [MAPS]: list,
    [`${MAPS}/${encodeURIComponent('自建站')}/rename`]: list,
    [`${MAPS}/${encodeURIComponent('自建站')}/delete`]: list,
    [`${MAPS}/undo`]: list,
  })
  draw(tile)
  await userEvent.click(await screen.findByRole('button', { name: '给 自建站 改名' }))
  await userEvent.clear(screen.getByRole('textbox', { name: '新名称' }))
  await userEvent.type(screen.getByRole('textbox', { name: '新名称' }), '官网订单{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: '删除 自建站' }))
  await userEvent.click(await screen.findByRole('button', { name: '撤销上一步' }))
  await waitFor(() =>
    expect(asked.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/').at(-1))).toEqual(
      ['rename', 'delete', 'undo'],
    ),
  )
  const rename = asked.find(({ path }) => path.endsWith('/rename'))
  expect(JSON.parse(String(rename?.body))).toEqual({ name: '官网订单' })
})

it('without maps there is nothing to take back', async () => {
  serve({ [MAPS]: { ...NO_NOTES, maps: [], can_undo: false } })
  draw(tile)
  await screen.findByText('还没有保存的列对应')
  expect(screen.queryByRole('button', { name: '撤销上一步' })).toBeNull()
})
