import type { EChartsCoreOption } from 'echarts/core'
import type { ChartData, Promotion } from '../api/types'
import { allInOneYear, axisDate } from '../format/date'
import { axisText, fullText } from '../format/value'
import { pick, type Lang } from '../i18n/translate'
import type { Palette } from '../tokens/tokens'
import { seriesColours } from './seriesColours'
import { categoryAxis, frame, tipHtml, valueAxis } from './style'

const END_LABEL_MAX_CHARS = 8

interface Context {
  lang: Lang
  palette: Palette
  promotions: readonly Promotion[]
  isNarrow: boolean
}

/** Promotions that touch the axis, cut to its ends. */
export function promotionAreas(x: readonly string[], promotions: readonly Promotion[]) {
  const first = x[0] ?? ''
  const last = x[x.length - 1] ?? ''
  return promotions
    .filter((promotion) => promotion.from <= last && promotion.to >= first)
    .map((promotion) => ({
      name: promotion.name,
      from: x.find((date) => date >= promotion.from) ?? last,
      to: [...x].reverse().find((date) => date <= promotion.to) ?? first,
    }))
    .filter(({ from, to }) => from <= to)
}

/** Named days as thin upright lines. */
function dayMarks({ marks }: ChartData, { lang, palette }: Pick<Context, 'lang' | 'palette'>) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: palette.accent, type: 'dotted', width: 1 },
    label: { color: palette.accent, fontSize: 11, position: 'end' },
    data: marks.map((mark) => ({ xAxis: mark.x, name: pick(mark.name, lang), label: { formatter: '{b}' } })),
  }
}

export function xTexts(data: ChartData, lang: Lang): string[] {
  return data.x.map((x) => pick(x, lang))
}

/** A line per series over time: current solid, comparison dashed, names at the line ends when there are several. */
export function lineOption(
  data: ChartData,
  { lang, palette, promotions, isNarrow }: Context,
): EChartsCoreOption {
  const x = xTexts(data, lang)
  const sameYear = allInOneYear(x)
  const colours = seriesColours(data.series, palette)
  const nCurrent = data.series.filter((each) => each.role === 'current').length
  const labelsEnds = nCurrent > 1 && !isNarrow
  const areas = data.x_kind === 'date' ? promotionAreas(x, promotions) : []
  return {
    ...frame(palette),
    grid: {
      left: 4,
      right: labelsEnds ? 84 : 12,
      top: areas.length + data.marks.length > 0 ? 24 : 12,
      bottom: 2,
      containLabel: true,
    },
    xAxis: {
      ...categoryAxis(palette, (value) => (data.x_kind === 'date' ? axisDate(value, sameYear) : value)),
      data: x,
      boundaryGap: x.length === 1,
    },
    yAxis: {
      ...valueAxis(palette, (value) => axisText(value, data.unit, data.currency, lang)),
      scale: false,
    },
    tooltip: {
      ...frame(palette).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: palette.compare } },
      formatter: (points: { dataIndex: number }[]) => {
        const at = points[0]?.dataIndex ?? 0
        const lines = data.series.map((each, index) => ({
          colour: colours[index] ?? palette.ink3,
          name: pick(each.name, lang),
          value: fullText(each.values[at], data.unit, data.currency, lang),
        }))
        return tipHtml(x[at] ?? '', lines)
      },
    },
    series: data.series.map((each, index) => {
      const isCompare = each.role === 'compare'
      const name = pick(each.name, lang)
      return {
        type: 'line',
        name,
        data: each.values,
        color: colours[index],
        z: isCompare ? 1 : 3,
        // A single day has no line to draw: show its point.
        showSymbol: x.length < 3,
        symbol: 'circle',
        symbolSize: 6,
        sampling: 'lttb',
        lineStyle: { width: each.role === 'current' ? 2 : 1.5, type: isCompare ? 'dashed' : 'solid' },
        areaStyle:
          nCurrent === 1 && each.role === 'current' ? { color: palette.primary, opacity: 0.08 } : undefined,
        endLabel: {
          show: labelsEnds && !isCompare,
          color: colours[index],
          formatter: name.length > END_LABEL_MAX_CHARS ? `${name.slice(0, END_LABEL_MAX_CHARS - 1)}…` : name,
        },
        labelLayout: { moveOverlap: 'shiftY' },
        markLine: index === 0 && data.marks.length > 0 ? dayMarks(data, { lang, palette }) : undefined,
        markArea:
          index === 0 && areas.length > 0
            ? {
                silent: true,
                itemStyle: { color: palette.accent, opacity: 0.1 },
                label: { color: palette.accent, fontSize: 11, position: 'top' },
                data: areas.map((area) => [
                  { name: pick(area.name, lang), xAxis: area.from },
                  { xAxis: area.to },
                ]),
              }
            : undefined,
      }
    }),
  }
}
