import { describe, expect, it } from 'vitest'
import type { ChartData, HeatmapData, Series } from '../api/types'
import { both } from '../testing/render'
import { LIGHT } from '../tokens/tokens'
import { barOption, rankingHeight } from './barOption'
import { barLabel, heatmapLabel, lineLabel } from './chartLabel'
import { heatmapOption } from './heatmapOption'
import { intervalText } from './interval'
import { lineOption, promotionAreas } from './lineOption'
import { seriesColours } from './seriesColours'
import { escapeHtml, tipHtml } from './style'
import { chartTable, heatmapTable, tableCsv } from './tabular'

const series = (name: string, values: (number | null)[], role: Series['role'] = 'current'): Series => ({
  name: both(name),
  values,
  low: [],
  high: [],
  role,
})
const data: ChartData = {
  title: null,
  unit: 'money',
  currency: 'CNY',
  x: ['2020-02-01', '2020-02-02', '2020-02-03'],
  x_kind: 'date',
  series: [series('支付金额', [1, null, 30000]), series('对比期', [2, 2, 2], 'compare')],
  href: null,
  marks: [],
  is_stacked: false,
  warnings: [],
  partial: null,
  empty: null,
  is_all_clear: false,
  doubts: null,
}
const context = { lang: 'zh', palette: LIGHT, promotions: [], isNarrow: false } as const

interface DrawnSeries {
  data: unknown[]
  lineStyle: { type: string }
  endLabel: { show: boolean }
}
interface Ranking {
  xAxis: {
    min: (span: { min: number; max: number }) => number
    max: (span: { min: number; max: number }) => number
    scale?: boolean
  }
  yAxis: { inverse: boolean; axisLine: { onZero: boolean } }
}
const drawn = (option: object) => (option as { series: DrawnSeries[] }).series

describe('a line', () => {
  it('leaves a gap where a value is missing', () => {
    expect(drawn(lineOption(data, context))[0]?.data).toEqual([1, null, 30000])
  })

  it('dashes the compared period', () => {
    expect(drawn(lineOption(data, context)).map((each) => each.lineStyle.type)).toEqual(['solid', 'dashed'])
  })

  it('names several lines at their ends where there is room', () => {
    const several = { ...data, series: [series('天猫', [1, 2, 3]), series('京东', [1, 2, 3])] }
    expect(drawn(lineOption(several, context)).every((each) => each.endLabel.show)).toBe(true)
    expect(
      drawn(lineOption(several, { ...context, isNarrow: true })).some((each) => each.endLabel.show),
    ).toBe(false)
  })

  it('marks a promotion only where it touches the axis', () => {
    const sale = (from: string, to: string) => ({ name: both('大促'), from, to })
    const x = data.x as string[]
    expect(promotionAreas(x, [sale('2020-01-20', '2020-02-02')])).toMatchObject([
      { from: '2020-02-01', to: '2020-02-02' },
    ])
    expect(promotionAreas(x, [sale('2020-03-01', '2020-03-02')])).toEqual([])
  })

  it('is described by its extent and extremes', () => {
    expect(lineLabel('走势', data, 'zh')).toBe(
      '走势，3 个点，从 2020-02-01 到 2020-02-03，最高 ¥30,000.00，最低 ¥1.00',
    )
  })
})

describe('bars', () => {
  const ranking: ChartData = { ...data, x_kind: 'category', x: [both('上海'), both('北京'), both('江苏')] }

  it('stand on zero and have their values written beside them', () => {
    const option = barOption(ranking, context) as unknown as Ranking
    expect(option.xAxis.min({ min: 5, max: 9 })).toBe(0)
    expect(option.xAxis.scale ?? false).toBe(false)
    expect(option.yAxis.inverse).toBe(true)
  })

  it('reach below zero from zero, with their names at the edge', () => {
    const option = barOption(ranking, context) as unknown as Ranking
    expect(option.xAxis.max({ min: -9, max: -5 })).toBe(0)
    expect(option.xAxis.min({ min: -100, max: -5 })).toBeCloseTo(-102)
    expect(option.yAxis.axisLine.onZero).toBe(false)
  })

  it('show between which bounds an estimate lies, and keep both in sight', () => {
    const shares = { ...series('占比', [0.04, 0.2]), low: [0.03, 0.15], high: [0.06, 0.26] }
    const estimates: ChartData = { ...ranking, unit: 'ratio', x: ['对照', '专属券'], series: [shares] }
    const option = barOption(estimates, context) as unknown as Ranking
    const [line] = drawn(option) as unknown as { markLine: { data: { coord: unknown[] }[][] } }[]
    expect(line?.markLine.data.map((ends) => ends.map(({ coord }) => coord))).toEqual([
      [
        [0.03, '对照'],
        [0.06, '对照'],
      ],
      [
        [0.15, '专属券'],
        [0.26, '专属券'],
      ],
    ])
    expect(option.xAxis.max({ min: 0, max: 0.2 })).toBeGreaterThan(0.26)
    expect(tableCsv(chartTable(estimates), 'zh')).toBe(
      '项目,占比,下限,上限\r\n对照,0.04,0.03,0.06\r\n专属券,0.2,0.15,0.26\r\n',
    )
    expect(intervalText(estimates, shares, 1, 'en')).toBe(' [15.00%, 26.00%]')
    expect(intervalText(data, series('支付金额', [1]), 0, 'en')).toBe('')
  })

  it('are described by the largest', () => {
    expect(barLabel('各省', ranking, 'zh')).toBe('各省，3 项，最高为 江苏 ¥30,000.00')
  })

  it('get more room the more there are', () => {
    expect(rankingHeight(20)).toBeGreaterThan(rankingHeight(10))
  })
})

describe('a heat map', () => {
  const heat: HeatmapData = {
    unit: 'count',
    currency: null,
    rows: [both('周一'), both('周二')],
    cols: [both('0时'), both('1时')],
    values: [
      [1, 2],
      [3, null],
    ],
    max: 3,
    warnings: [],
    partial: null,
    empty: null,
    is_all_clear: false,
    doubts: null,
  }

  it('draws a missing value as no cell, not as zero', () => {
    expect(drawn(heatmapOption(heat, context))[0]?.data.at(-1)).toEqual([1, 1, '-'])
  })

  it('reads as a table of rows and columns', () => {
    expect(tableCsv(heatmapTable(heat), 'zh')).toBe('项目,0时,1时\r\n周一,1,2\r\n周二,3,\r\n')
    expect(heatmapLabel('时段', heat, 'zh')).toBe('时段，2 行 2 列，最高 3')
  })
})

describe('every chart', () => {
  it('uses at most six colours, the rest being muted', () => {
    const eight = Array.from({ length: 8 }, (_, n) => series(`s${n}`, [n]))
    expect(new Set(seriesColours(eight, LIGHT))).toEqual(new Set([...LIGHT.series, LIGHT.ink3]))
    expect(seriesColours(data.series, LIGHT)[1]).toBe(LIGHT.compare)
  })

  it('turns into a table of its own values', () => {
    expect(tableCsv(chartTable(data), 'zh')).toBe(
      '日期,支付金额,对比期\r\n2020-02-01,1,2\r\n2020-02-02,,2\r\n2020-02-03,30000,2\r\n',
    )
  })

  it('shows names from files as text, never as markup', () => {
    expect(escapeHtml('<img src=x onerror=a()>')).toBe('&lt;img src=x onerror=a()&gt;')
    expect(tipHtml('<b>', [{ colour: 'red', name: '"q"', value: '1' }])).not.toContain('<b>')
  })
})
