import { describe, expect, it } from 'vitest'
import type { Column } from '../api/types'
import { alignOf, cellText, sortRows } from './cells'

const column = (unit: Column['unit'], key = 'v'): Column => ({ key, unit, label: { zh: '列', en: 'Column' } })

describe('a cell', () => {
  it('is written by its unit', () => {
    expect(cellText(1234.5, column('money'), 'CNY', 'zh')).toBe('¥1,234.50')
    expect(cellText('1234.5', column('money'), 'CNY', 'zh')).toBe('¥1,234.50')
    expect(cellText('2020-02-01T03:04:05', column('time'), null, 'zh')).toBe('2020-02-01 03:04:05')
    expect(cellText({ zh: '已付款', en: 'Paid' }, column('status'), null, 'en')).toBe('Paid')
    expect(cellText(null, column('text'), null, 'zh')).toBe('—')
    expect(cellText(true, column('text'), null, 'en')).toBe('Yes')
  })

  it('an order number keeps its digits', () => {
    expect(cellText('190000000000000001', column('text'), null, 'zh')).toBe('190000000000000001')
  })

  it('numbers stand right, words left', () => {
    expect([
      alignOf(column('count')),
      alignOf(column('text')),
      alignOf({ ...column('text'), align: 'right' }),
    ]).toEqual(['right', 'left', 'right'])
  })
})

describe('sorting', () => {
  const rows = [{ v: 2 }, { v: null }, { v: 10 }, { v: 1 }]

  it('keeps missing values last in either direction', () => {
    expect(sortRows(rows, column('count'), false, 'zh').map((row) => row.v)).toEqual([1, 2, 10, null])
    expect(sortRows(rows, column('count'), true, 'zh').map((row) => row.v)).toEqual([10, 2, 1, null])
  })

  it('reads numbers inside words', () => {
    const named = [{ v: 'A10' }, { v: 'A9' }]
    expect(sortRows(named, column('text'), false, 'en').map((row) => row.v)).toEqual(['A9', 'A10'])
  })
})
