import type { Cell, ChartData, Column, HeatmapData, Row, TableData, WaterfallData } from '../api/types'
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
    ...data.series.map((series, index): Column => ({
      key: `s${index}`,
      label: series.name,
      unit: data.unit,
    })),
  ]
  const rows = data.x.map((x, at): Row => {
    const row: Row = { x, _href: data.href?.[at] ?? null }
    data.series.forEach((series, index) => (row[`s${index}`] = series.values[at] ?? null))
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

/** The table on screen as CSV. */
export function tableCsv({ columns, rows }: Tabular, lang: Lang): string {
  const header = columns.map(({ label }) => (isText(label) ? pick(label, lang) : String(label)))
  return toCsv(
    header,
    rows.map((row) => columns.map(({ key }): Cell => cellData(row[key], lang))),
  )
}
