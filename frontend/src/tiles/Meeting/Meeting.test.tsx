import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { both, draw, serve, tileOf } from '../../testing/render'
import Meeting from './Meeting'

afterEach(() => vi.unstubAllGlobals())

const item = {
  store: '一店',
  sku_id: 'coat-S',
  title: '风衣',
  advice: 'push',
  advice_label: both('主推'),
  reasons: [],
  units: 12,
  profit: 340,
  decision: null,
  owner: null,
  due: null,
}
const meeting = {
  meeting_id: 3,
  name: '六月选品',
  frozen_on: '2026-06-30',
  date_from: '2026-06-01',
  date_to: '2026-06-30',
  currency: 'CNY',
  items: [item],
}
const tile = tileOf({ kind: 'meeting' })

describe('the meeting about goods', () => {
  it('freezes a list under a name', async () => {
    const asked = serve({ '/api/v1/data': { meetings: [] }, '/api/v1/products/meetings': meeting })
    draw(<Meeting {...tile} />)
    await userEvent.type(await screen.findByRole('textbox', { name: '选品会名称' }), ' 七月 ')
    await userEvent.click(screen.getByRole('button', { name: '冻结名单' }))
    const sent = asked.find((each) => each.method === 'POST')
    expect(JSON.parse(String(sent?.body))).toEqual({ name: '七月', view: [] })
  })

  it('keeps a decision with owner and due date', async () => {
    const asked = serve({
      '/api/v1/data': { meetings: [meeting] },
      '/api/v1/products/meetings/3/decisions': meeting,
    })
    draw(<Meeting {...tile} />)
    await screen.findByText('六月选品，2026-06-30 冻结，数据 2026-06-01 至 2026-06-30')
    await userEvent.click(screen.getByRole('button', { name: '记决定 coat-S' }))
    await userEvent.type(screen.getByRole('textbox', { name: '决定' }), '加深备货')
    await userEvent.type(screen.getByRole('textbox', { name: /负责人/ }), '采购')
    await userEvent.type(screen.getByLabelText('期限'), '2026-07-15')
    await userEvent.click(screen.getByRole('button', { name: /^记\s*下$/ }))
    const sent = asked.find((each) => each.method === 'POST')
    expect(JSON.parse(String(sent?.body))).toEqual({
      store: '一店',
      sku_id: 'coat-S',
      decision: '加深备货',
      owner: '采购',
      due: '2026-07-15',
    })
  })

  it('shows what was decided', async () => {
    const decided = { ...item, decision: '清仓', owner: '运营', due: '2026-08-01' }
    serve({ '/api/v1/data': { meetings: [{ ...meeting, items: [decided] }] } })
    draw(<Meeting {...tile} />)
    await screen.findByText('清仓 · 运营 · 2026-08-01')
  })
})
