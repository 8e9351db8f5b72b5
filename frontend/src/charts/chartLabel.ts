import type { ChartData, HeatmapData, SankeyData, WaterfallData, QuadrantsData } from '../api/types'
import { fullText } from '../format/value'
import { pick, translate, type Lang } from '../i18n/translate'
import { xTexts } from './lineOption'

/** What a screen reader says of a line: extent and extremes of its first series. */
export function lineLabel(title: string, data: ChartData, lang: Lang): string {
  const x = xTexts(data, lang)
  const known = (data.series[0]?.values ?? []).filter((value): value is number => value !== null)
  const text = (value: number | undefined) => fullText(value, data.unit, data.currency, lang)
  return translate(lang, 'chart.label', {
    title,
    n: x.length,
    from: x[0] ?? '',
    to: x[x.length - 1] ?? '',
    max: text(known.length > 0 ? Math.max(...known) : undefined),
    min: text(known.length > 0 ? Math.min(...known) : undefined),
  })
}

export function barLabel(title: string, data: ChartData, lang: Lang): string {
  const x = xTexts(data, lang)
  const values = data.series[0]?.values ?? []
  const size = (value: number | null | undefined) => value ?? -Infinity
  const best = values.reduce<number>((at, value, index) => (size(value) > size(values[at]) ? index : at), 0)
  return translate(lang, 'chart.bar_label', {
    title,
    n: x.length,
    first: x[best] ?? '',
    max: fullText(values[best], data.unit, data.currency, lang),
  })
}

export function heatmapLabel(title: string, data: HeatmapData, lang: Lang): string {
  return translate(lang, 'chart.heat_label', {
    title: pick(title, lang),
    rows: data.rows.length,
    cols: data.cols.length,
    max: fullText(data.max, data.unit, data.currency, lang),
  })
}

/** What a screen reader says of a waterfall: where it begins, where it ends, in how many steps. */
export function waterfallLabel(title: string, { steps, unit, currency }: WaterfallData, lang: Lang): string {
  const first = steps[0]
  const last = steps[steps.length - 1]
  return translate(lang, 'chart.steps_label', {
    title,
    n: steps.length,
    first: pick(first?.label, lang),
    from: fullText(first?.end, unit, currency, lang),
    last: pick(last?.label, lang),
    to: fullText(last?.end, unit, currency, lang),
  })
}

/** What a screen reader says of a flow: how much of it there is, and its broadest band. */
export function sankeyLabel(title: string, { nodes, links, unit, currency }: SankeyData, lang: Lang): string {
  const name = (key: string | undefined) => pick(nodes.find((node) => node.key === key)?.label, lang)
  const [broadest] = [...links].sort((a, b) => b.value - a.value)
  return translate(lang, 'chart.flow_label', {
    title,
    nodes: nodes.length,
    links: links.length,
    from: name(broadest?.source),
    to: name(broadest?.target),
    max: fullText(broadest?.value, unit, currency, lang),
  })
}

export function quadrantsLabel(title: string, { x, y, points, currency }: QuadrantsData, lang: Lang): string {
  return translate(lang, 'chart.quadrants_label', {
    title,
    n: points.length,
    x: pick(x.label, lang),
    y: pick(y.label, lang),
    xb: fullText(x.border, x.unit, currency, lang),
    yb: fullText(y.border, y.unit, currency, lang),
  })
}
