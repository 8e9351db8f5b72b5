import type {
  Cell,
  ChartData,
  Column,
  FunnelData,
  HeatmapData,
  Row,
  SankeyData,
  TableData,
  WaterfallData,
  QuadrantsData,
} from '../api/types'
import { isText, pick, translate, type Lang } from '../i18n/translate'
import type { Key } from '../i18n/zh'
import { cellData } from '../table/cells'
import { toCsv } from '../table/csv'

const both = (key: Key) => ({ zh: translate('zh', key), en: translate('en', key) })

type Tabular = Pick<TableData, 'columns' | 'rows'>

/** A chart's own rows as a table: what it draws, nothing more. */
export function chartTable(data: ChartData): Tabular {
  const isDate = data.x_kind === 'date'
  const columns: Column[] = [
    { key: 'x', label: both(isDate ? 'chart.date' : 'chart.item'), unit: isDate ? 'date' : 'text' },
    ...data.series.flatMap((series, index): Column[] => [
      { key: `s${index}`, label: series.name, unit: data.unit },
      ...(series.low.length === 0
        ? []
        : [
            { key: `s${index}_low`, label: both('chart.low'), unit: data.unit },
            { key: `s${index}_high`, label: both('chart.high'), unit: data.unit },
          ]),
    ]),
  ]
  const rows = data.x.map((x, at): Row => {
    const row: Row = { x, _href: data.href?.[at] ?? null }
    data.series.forEach((series, index) => {
      row[`s${index}`] = series.values[at] ?? null
      if (series.low.length > 0) {
        row[`s${index}_low`] = series.low[at] ?? null
        row[`s${index}_high`] = series.high[at] ?? null
      }
    })
    return row
  })
  return { columns, rows }
}

export function heatmapTable(data: HeatmapData): Tabular {
  const columns: Column[] = [
    { key: 'row', label: both('chart.item'), unit: 'text' },
    ...data.cols.map((col, index): Column => ({ key: `c${index}`, label: col, unit: data.unit })),
  ]
  const rows = data.rows.map((name, at): Row => {
    const row: Row = { row: name }
    data.cols.forEach((_, index) => (row[`c${index}`] = data.values[at]?.[index] ?? null))
    return row
  })
  return { columns, rows }
}

/** Every point with its figures and the quadrant that it lies in. */
export function quadrantsTable({ x, y, points, quadrants }: QuadrantsData): Tabular {
  const columns: Column[] = [
    { key: 'name', label: both('chart.item'), unit: 'text' },
    { key: 'x', label: x.label, unit: x.unit },
    { key: 'y', label: y.label, unit: y.unit },
    { key: 'quadrant', label: both('quadrants.quadrant'), unit: 'text' },
  ]
  const names = new Map(quadrants.map(({ at, name }) => [at, name]))
  const rows = points.map((point): Row => ({
    name: point.name,
    x: point.x,
    y: point.y,
    quadrant: names.get(point.at) ?? null,
    _href: point.href,
  }))
  return { columns, rows }
}

/** Steps as rows: what takes away is negative already. */
export function waterfallTable(data: WaterfallData): Tabular {
  const columns: Column[] = [
    { key: 'label', label: both('chart.item'), unit: 'text' },
    { key: 'value', label: both('chart.step'), unit: data.unit },
    { key: 'end', label: both('chart.after'), unit: data.unit },
  ]
  const rows = data.steps.map(({ label, value, end, href }): Row => ({ label, value, end, _href: href }))
  return { columns, rows }
}

/** What flows from where to where, the most first. */
export function sankeyTable(data: SankeyData): Tabular {
  const labels = new Map(data.nodes.map(({ key, label, depth }) => [key, { label, depth }]))
  const columns: Column[] = [
    { key: 'step', label: both('chart.flow_step'), unit: 'count' },
    { key: 'from', label: both('chart.flow_from'), unit: 'text' },
    { key: 'to', label: both('chart.flow_to'), unit: 'text' },
    { key: 'value', label: both('chart.flow_size'), unit: data.unit },
  ]
  const rows = [...data.links]
    .sort((a, b) => b.value - a.value)
    .map(({ source, target, value, href }): Row => ({
      step: (labels.get(source)?.depth ?? 0) + 1,
      from: labels.get(source)?.label ?? source,
      to: labels.get(target)?.label ?? target,
      value,
      _href: href,
    }))
  return { columns, rows }
}

/** The steps of a funnel as rows. */
export function funnelTable(data: FunnelData): Tabular {
  const columns: Column[] = [
    { key: 'label', label: both('chart.item'), unit: 'text' },
    { key: 'value', label: both('funnel.reached'), unit: data.unit },
    { key: 'of_first', label: both('funnel.of_first'), unit: 'ratio' },
    { key: 'of_previous', label: both('funnel.of_previous'), unit: 'ratio' },
    { key: 'before', label: both('funnel.before'), unit: data.unit },
    { key: 'of_previous_before', label: both('funnel.of_previous_before'), unit: 'ratio' },
    { key: 'money', label: both('funnel.lost'), unit: 'money', evidence: 'estimated' },
  ]
  const rows = data.stages.map((stage): Row => ({
    label: stage.label,
    value: stage.value,
    of_first: stage.of_first,
    of_previous: stage.of_previous,
    before: stage.before,
    of_previous_before: stage.of_previous_before,
    money: stage.money,
    _href: stage.href,
  }))
  return { columns, rows }
}

/** The table on screen as CSV. */
export function tableCsv({ columns, rows }: Tabular, lang: Lang): string {
  const header = columns.map(({ label }) => (isText(label) ? pick(label, lang) : String(label)))
  return toCsv(
    header,
    rows.map((row) => columns.map(({ key }): Cell => cellData(row[key], lang))),
  )
}
