import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { both, draw, serve, tileOf } from '../../testing/render'
import Merges from './Merges'

afterEach(() => vi.unstubAllGlobals())

const merge = {
  merge_id: '03072226edc7',
  left_kind: 'member',
  left: '1-h1:aaaaaaaaaaaa',
  right_kind: 'phone',
  right: 'h1:bbbbbbbbbbbb',
  rule: 'phone',
  rule_label: both('同一手机号'),
  state: 'used',
  state_label: both('采用'),
  confidence: 0.95,
  batch_id: 4,
  row_no: 12,
}
const log = { merges: [merge], n_merges: 1, page: 1, decisions: [] }
const tile = tileOf({ kind: 'merges' })

describe('the log of merges', () => {
  it('says of each what ties it, how sure that is and which row says so', async () => {
    serve({ '/api/v1/data': log })
    draw(<Merges {...tile} />)
    await screen.findByText('同一手机号')
    expect(screen.getByText('把握 95%')).toBeTruthy()
    expect(screen.getByRole('link', { name: '看原始行' }).getAttribute('href')).toBe('/source/4/12')
  })

  it('undoes a merge only with a reason', async () => {
    const asked = serve({ '/api/v1/data': log, '/api/v1/customers/merges/03072226edc7/undo': {} })
    draw(<Merges {...tile} />)
    await userEvent.click(await screen.findByRole('button', { name: /撤销/ }))
    const sure = screen.getByRole('button', { name: /^撤\s*销$/ })
    expect(sure.hasAttribute('disabled')).toBe(true)
    await userEvent.type(screen.getByRole('textbox', { name: '原因（会记下）' }), '两姐妹')
    await userEvent.click(sure)
    const sent = asked.find((each) => each.method === 'POST')
    expect(JSON.parse(String(sent?.body))).toEqual({ reason: '两姐妹' })
  })

  it('lists what was decided, and offers to restore what was undone', async () => {
    const decided = {
      merge_id: '03072226edc7',
      action: 'undo',
      reason: '两姐妹',
      decided_by: 'owner',
      decided_at: '2026-06-01T08:30:00Z',
    }
    serve({ '/api/v1/data': { ...log, merges: [{ ...merge, state: 'undone' }], decisions: [decided] } })
    draw(<Merges {...tile} />)
    await screen.findByText('2026-06-01 08:30 UTC')
    expect(screen.getByRole('button', { name: /恢复/ })).toBeTruthy()
  })
})
