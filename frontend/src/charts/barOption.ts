import type { EChartsCoreOption } from 'echarts/core'
import type { ChartData, Series } from '../api/types'
import { allInOneYear, axisDate } from '../format/date'
import { axisText, fullText, shortText } from '../format/value'
import { intervalText } from './interval'
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
  const written = (each: Series) => (at: number) => shortText(each.values[at], data.unit, data.currency, lang)
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
      ...spanOf(data),
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
          value: `${fullText(each.values[at], data.unit, data.currency, lang)}${intervalText(data, each, at, lang)}`,
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
      markLine: isDate || each.low.length === 0 ? undefined : whiskers(each, x, palette, written(each)),
      label: {
        show: !isDate && !isCrowded && each.role !== 'compare' && each.low.length === 0,
        position: 'right',
        color: palette.ink,
        fontFamily: DIGIT_FONT,
        fontWeight: 600,
        formatter: ({ dataIndex }: { dataIndex: number }) => written(each)(dataIndex),
      },
    })),
  }
}

const ROW_PX = 28

/** Room for every bar: a ranking grows with its items instead of squeezing them. */
export function rankingHeight(nItems: number): number {
  return nItems * ROW_PX + 8
}

/** Bars begin at zero, whichever side of it they lie on; what bounds them stays in sight. */
function spanOf({ series }: ChartData) {
  const ends = series.flatMap(({ low, high }) => [...low, ...high]).filter((end) => end !== null)
  return {
    min: ({ min }: { min: number }) => Math.min(min, 0, ...ends) * 1.02,
    max: ({ max }: { max: number }) => Math.max(max, 0, ...ends) * 1.02,
  }
}

/** A thin line from bound to bound of each estimate, with a stroke across at both ends and the value behind it. */
function whiskers(
  { low, high }: Series,
  x: readonly string[],
  { ink }: Palette,
  written: (at: number) => string,
) {
  const end = (value: number, name: string) => ({ coord: [value, name], symbolRotate: 0 })
  return {
    silent: true,
    animation: false,
    symbol: 'rect',
    symbolSize: [1.5, 9],
    lineStyle: { color: ink, width: 1.5, type: 'solid' },
    data: x.flatMap((name, at) => {
      const [from, to] = [low[at], high[at]]
      if (from == null || to == null) return []
      const label = { color: ink, fontFamily: DIGIT_FONT, fontWeight: 600, formatter: written(at) }
      return [[{ ...end(from, name), label: { ...label, position: 'end' } }, end(to, name)]]
    }),
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
