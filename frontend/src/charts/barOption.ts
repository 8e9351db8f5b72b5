import type { EChartsCoreOption } from 'echarts/core'
import type { ChartData, Series } from '../api/types'
import { allInOneYear, axisDate } from '../format/date'
import { axisText, fullText, shortText } from '../format/value'
import { pick, type Lang } from '../i18n/translate'
import { DIGIT_FONT, type Palette } from '../tokens/tokens'
import { xTexts } from './lineOption'
import { seriesColours } from './seriesColours'
import { categoryAxis, frame, tipHtml, valueAxis } from './style'

const NAME_MAX_CHARS = 12
/** Numbers at the ends of more bars side by side would cover one another. */
const MOST_LABELLED = 2

interface Context {
  lang: Lang
  palette: Palette
}

function shorten(name: string): string {
  return name.length > NAME_MAX_CHARS ? `${name.slice(0, NAME_MAX_CHARS - 1)}…` : name
}

/** A ranking: longest first, its value written at the end of each bar, always from zero. */
export function barOption(data: ChartData, { lang, palette }: Context): EChartsCoreOption {
  const x = xTexts(data, lang)
  const isDate = data.x_kind === 'date'
  const isCrowded = data.series.length > MOST_LABELLED
  const colours = seriesColours(data.series, palette)
  const sameYear = allInOneYear(x)
  const values = { ...valueAxis(palette, (value) => axisText(value, data.unit, data.currency, lang)) }
  const names = {
    ...categoryAxis(palette, (value) => (isDate ? axisDate(value, sameYear) : shorten(value))),
    data: x,
  }
  const ranking = {
    // The axis ends at the longest bar, which is no round number.
    xAxis: {
      ...values,
      axisLabel: { ...values.axisLabel, showMaxLabel: false },
      show: isCrowded,
      ...spanOf(),
    },
    yAxis: {
      ...names,
      inverse: true,
      // Names stand at the edge also where bars reach below zero.
      axisLine: { show: false, onZero: false },
      axisLabel: { color: palette.ink, interval: 0, formatter: shorten },
    },
    grid: { left: 0, right: 74, top: 2, bottom: 2, containLabel: true },
  }
  const columns = {
    xAxis: names,
    yAxis: values,
    grid: { left: 4, right: 12, top: 12, bottom: 2, containLabel: true },
  }
  return {
    ...frame(palette),
    ...(isDate ? columns : ranking),
    tooltip: {
      ...frame(palette).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: palette.ink, opacity: 0.05 } },
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
    series: data.series.map((each, index) => ({
      type: 'bar',
      name: pick(each.name, lang),
      data: each.values,
      stack: data.is_stacked ? 'all' : undefined,
      ...widthOf(each, data, isDate),
      cursor: data.href ? 'pointer' : 'default',
      itemStyle: { color: colours[index], borderRadius: roundedEnds(isDate, data.is_stacked) },
      label: {
        show: !isDate && !isCrowded && each.role !== 'compare',
        position: 'right',
        color: palette.ink,
        fontFamily: DIGIT_FONT,
        fontWeight: 600,
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          shortText(each.values[dataIndex], data.unit, data.currency, lang),
      },
    })),
  }
}

const ROW_PX = 28

/** Room for every bar: a ranking grows with its items instead of squeezing them. */
export function rankingHeight(nItems: number): number {
  return nItems * ROW_PX + 8
}

/** Bars begin at zero, whichever side of it they lie on. */
function spanOf() {
  return {
    min: ({ min }: { min: number }) => Math.min(min, 0) * 1.02,
    max: ({ max }: { max: number }) => Math.max(max, 0) * 1.02,
  }
}

/** Only a bar that ends by itself is rounded. */
function roundedEnds(isDate: boolean, isStacked: boolean): number[] {
  if (isStacked) return [0, 0, 0, 0]
  return isDate ? [3, 3, 0, 0] : [0, 3, 3, 0]
}

/** In a ranking the compared period is a thin bar under the full one, so that both fit into one row. */
function widthOf({ role }: Series, { series, is_stacked }: ChartData, isDate: boolean) {
  if (isDate) return { barMaxWidth: is_stacked ? 64 : 22, barCategoryGap: '38%' }
  const hasCompare = series.some((each) => each.role === 'compare')
  if (!hasCompare) return series.length > 1 ? { barCategoryGap: '30%' } : { barWidth: 16 }
  return { barWidth: role === 'compare' ? 5 : 12, barGap: '15%' }
}
