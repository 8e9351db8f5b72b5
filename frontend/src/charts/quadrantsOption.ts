import type { EChartsCoreOption } from 'echarts/core'
import type { QuadrantsData, Unit } from '../api/types'
import { axisText, fullText } from '../format/value'
import { pick, type Lang } from '../i18n/translate'
import type { Palette } from '../tokens/tokens'
import { frame, tipHtml, valueAxis } from './style'

type Corner = QuadrantsData['quadrants'][number]['at']

interface Context {
  lang: Lang
  palette: Palette
}

const CORNERS: Record<Corner, { left?: string; right?: string; top?: string; bottom?: string }> = {
  top_left: { left: '9%', top: '2%' },
  top_right: { right: '3%', top: '2%' },
  bottom_left: { left: '9%', bottom: '12%' },
  bottom_right: { right: '3%', bottom: '12%' },
}
const ORDER: readonly Corner[] = ['top_right', 'bottom_right', 'top_left', 'bottom_left']

/** Powers of ten on both sides of nought, so that small and large things are both seen. */
export function widened(value: number): number {
  return Math.sign(value) * Math.log10(1 + Math.abs(value))
}

/** What an axis says at a whole place: the power of ten, one more than what lies there, since nobody reads 9,999. */
function narrowed(place: number): number {
  return place === 0 ? 0 : Math.sign(place) * 10 ** Math.abs(place)
}

export function cornerColour(at: Corner, palette: Palette): string {
  return palette.series[ORDER.indexOf(at)] ?? palette.ink3
}

/** Points between two borders, each corner in its own colour and with its name. */
export function quadrantsOption(data: QuadrantsData, { lang, palette }: Context): EChartsCoreOption {
  const place = (value: number) => (data.is_wide ? widened(value) : value)
  const axis = ({ label, unit }: QuadrantsData['x'], gap: number) => ({
    ...valueAxis(palette, (at) => {
      const value = data.is_wide ? Math.round(narrowed(at)) : at
      return axisText(value, unit as Unit, data.currency, lang)
    }),
    name: pick(label, lang),
    nameLocation: 'middle' as const,
    nameGap: gap,
    nameTextStyle: { color: palette.ink2 },
    scale: true,
    ...(data.is_wide && { minInterval: 1 }),
  })
  const borders = [
    ...(data.x.border === null ? [] : [{ xAxis: place(data.x.border) }]),
    ...(data.y.border === null ? [] : [{ yAxis: place(data.y.border) }]),
  ]
  return {
    ...frame(palette),
    grid: { left: 24, right: 16, top: 12, bottom: 26, containLabel: true },
    xAxis: axis(data.x, 26),
    yAxis: axis(data.y, 46),
    graphic: data.quadrants.map(({ at, name, n }) => ({
      type: 'text',
      silent: true,
      z: 0,
      ...CORNERS[at],
      style: {
        text: `${pick(name, lang)} ${n}`,
        fill: cornerColour(at, palette),
        font: '600 12px sans-serif',
      },
    })),
    tooltip: {
      ...frame(palette).tooltip,
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const point = data.points[dataIndex]
        if (point === undefined) return ''
        const colour = cornerColour(point.at, palette)
        return tipHtml(pick(point.name, lang), [
          {
            colour,
            name: pick(data.x.label, lang),
            value: fullText(point.x, data.x.unit, data.currency, lang),
          },
          {
            colour,
            name: pick(data.y.label, lang),
            value: fullText(point.y, data.y.unit, data.currency, lang),
          },
        ])
      },
    },
    series: [
      {
        type: 'scatter',
        symbolSize: 8,
        data: data.points.map(({ x, y, at }) => ({
          value: [place(x), place(y)],
          itemStyle: { color: cornerColour(at, palette), opacity: 0.75 },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          // By itself a line is moved to two decimals: a rate of 3.39 % would be drawn at 3 %.
          precision: -1,
          label: { show: false },
          lineStyle: { color: palette.ink2, type: 'dashed', width: 1 },
          data: borders,
        },
      },
    ],
  }
}
