import { describe, expect, it } from 'vitest'
import { toneOf } from './Change'
import { kpiGrid } from './Kpis'
import { sparkRuns } from './Sparkline'

describe('the colour of a change', () => {
  it('by outcome, fewer refunds look like more sales', () => {
    expect(toneOf(-0.01, 'down', 'outcome')).toBe('up')
    expect(toneOf(0.1, 'up', 'outcome')).toBe('up')
    expect(toneOf(0.01, 'down', 'outcome')).toBe('down')
  })

  it('by direction, only the direction counts', () => {
    expect(toneOf(-0.01, 'down', 'direction')).toBe('down')
  })

  it('without a change or a good direction there is no colour', () => {
    expect(toneOf(0, 'up', 'outcome')).toBe('flat')
    expect(toneOf(0.2, 'none', 'outcome')).toBe('flat')
  })
})

describe('the grid of figures', () => {
  it('fills every row', () => {
    expect(kpiGrid(6)).toEqual({ columns: 6, spans: [1, 1, 1, 1, 1, 1] })
    // 9 = 5 + 4: twenty columns, five figures of four, then four of five.
    expect(kpiGrid(9)).toEqual({ columns: 20, spans: [4, 4, 4, 4, 4, 5, 5, 5, 5] })
    expect(kpiGrid(1)).toEqual({ columns: 1, spans: [1] })
  })
})

describe('a sparkline', () => {
  it('breaks where a value is missing', () => {
    expect(sparkRuns([1, null, 2, 3]).map((run) => run.length)).toEqual([1, 2])
  })

  it('needs two values', () => {
    expect(sparkRuns([null, 5])).toEqual([])
    expect(sparkRuns([])).toEqual([])
  })
})
