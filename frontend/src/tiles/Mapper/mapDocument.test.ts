import { expect, it } from 'vitest'
import type { MapDocument } from '../../api/types'
import {
  certainty,
  guessBehind,
  headerOf,
  nameOf,
  usesOf,
  withEntry,
  withMeaning,
  withPart,
} from './mapDocument'

const document: MapDocument = {
  table: 'orders',
  columns: { order_id: '单号', order_amount: ['总价', '金额'] },
  classify: [{ kind: 'gift' }],
}

it('a choice changes one entry and keeps what the page does not edit', () => {
  const changed = withEntry(document, 'columns', 'order_id', '订单')
  expect(changed).toEqual({ ...document, columns: { ...document.columns, order_id: '订单' } })
  expect(withEntry(changed, 'columns', 'order_id', '').columns).toEqual({ order_amount: ['总价', '金额'] })
  expect(withEntry(document, 'options', 'header_row', 2).options).toEqual({ header_row: 2 })
})

it('words of a state and words of a kind stand in sections of their own', () => {
  expect(withMeaning(document, 'status', 'status', '出仓中', 'shipped').status).toEqual({ 出仓中: 'shipped' })
  const kinds = withMeaning(document, 'words', 'points_reason', '消费', 'earn')
  expect(kinds.words).toEqual({ points_reason: { 消费: 'earn' } })
  expect(withMeaning(kinds, 'words', 'points_reason', '消费', '').words).toEqual({ points_reason: {} })
})

it('columns that belong to an amount are used by it', () => {
  const parted = withPart(
    withPart(document, 'added', 'order_amount', ['运费']),
    'subtracted',
    'order_amount',
    ['折扣'],
  )
  expect([...usesOf(parted)]).toEqual([
    ['单号', ['order_id']],
    ['总价', ['order_amount']],
    ['运费', ['order_amount']],
    ['折扣', ['order_amount']],
  ])
  expect(withPart(parted, 'added', 'order_amount', []).added).toEqual({})
})

it('a guess stands behind an entry until another column is chosen', () => {
  const guess = { name: 'order_id', header: '单号', score: 0.9, reason: { zh: '', en: '' } }
  expect(guessBehind(document, [guess], 'order_id')).toBe(guess)
  expect(guessBehind(withEntry(document, 'columns', 'order_id', '总价'), [guess], 'order_id')).toBeUndefined()
})

it('says how sure a guess is, and what a map is called', () => {
  expect([0.9, 0.7, 0.5].map(certainty)).toEqual(['sure', 'likely', 'unsure'])
  expect(headerOf(document, 'order_amount')).toBe('总价')
  expect([nameOf('自建站 9月.xlsx'), nameOf('orders')]).toEqual(['自建站 9月', 'orders'])
})
