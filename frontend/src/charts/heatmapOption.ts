import type { EChartsCoreOption } from 'echarts/core'
import type { HeatmapData } from '../api/types'
import { fullText, shortText } from '../format/value'
import { pick, type Lang } from '../i18n/translate'
import { DIGIT_FONT, type Palette } from '../tokens/tokens'
import { frame, tipHtml } from './style'

interface Context {
  lang: Lang
  palette: Palette
  isNarrow: boolean
}

const MOST_NAMED = 12
const MOST_WRITTEN = 120
const NAME_PX = 64
const LONG = 8
const STANDING = 60

/** Rows by columns, one hue from pale to full. */
export function heatmapOption(data: HeatmapData, { lang, palette, isNarrow }: Context): EChartsCoreOption {
  const rows = data.rows.map((row) => pick(row, lang))
  const cols = data.cols.map((col) => pick(col, lang))
  const cells = data.values.flatMap((values, row) => values.map((value, col) => [col, row, value ?? '-']))
  const isNamed = cols.length <= MOST_NAMED
  const isLong = cols.some((col) => col.length > LONG)
  const axis = {
    type: 'category' as const,
    axisTick: { show: false },
    axisLine: { show: false },
    splitArea: { show: false },
  }
  return {
    ...frame(palette),
    grid: { left: 2, right: 2, top: 2, bottom: 30, containLabel: true },
    xAxis: {
      ...axis,
      data: cols,
      axisLabel: {
        color: palette.ink2,
        fontFamily: DIGIT_FONT,
        // Few columns, as of months, are all named; of the hours of a day every second.
        interval: isNamed ? 0 : isNarrow ? 3 : 1,
        hideOverlap: !isNamed,
        // A name that is longer than its column goes on in the next line, and on a phone it stands.
        ...(isNamed &&
          (isNarrow ? { rotate: isLong ? STANDING : 0 } : { overflow: 'break', width: NAME_PX })),
      },
    },
    yAxis: { ...axis, data: rows, inverse: true, axisLabel: { color: palette.ink2 } },
    visualMap: {
      type: 'continuous',
      min: 0,
      max: data.max ?? 0,
      calculable: false,
      orient: 'horizontal',
      right: 0,
      bottom: -4,
      itemWidth: 8,
      itemHeight: 90,
      text: [shortText(data.max, data.unit, data.currency, lang), '0'],
      textStyle: { color: palette.ink2, fontFamily: DIGIT_FONT },
      inRange: { color: [...palette.heat] },
    },
    tooltip: {
      ...frame(palette).tooltip,
      trigger: 'item',
      formatter: ({ value }: { value: [number, number, number] }) => {
        const [col, row] = value
        const shown = fullText(data.values[row]?.[col], data.unit, data.currency, lang)
        return tipHtml(`${rows[row] ?? ''} ${cols[col] ?? ''}`, [
          { colour: palette.primary, name: '', value: shown },
        ])
      },
    },
    series: [
      {
        type: 'heatmap',
        data: cells,
        // A small matrix reads as a table: every cell says its value.
        label: {
          show: !isNarrow && cells.length <= MOST_WRITTEN,
          fontFamily: DIGIT_FONT,
          formatter: ({ value }: { value: [number, number, number | string] }) =>
            typeof value[2] === 'number' ? shortText(value[2], data.unit, data.currency, lang) : '',
        },
        itemStyle: { borderColor: palette.surface, borderWidth: 2, borderRadius: 3 },
        emphasis: { itemStyle: { borderColor: palette.ink, borderWidth: 1 } },
      },
    ],
  }
}
