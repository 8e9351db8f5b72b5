import type { Cell, Evidence, Good, Text, Unit } from './page'

/** What any tile's data may carry besides its own fields. */
export interface TileNotes {
  warnings?: (Text | { zh: string; en: string })[]
  partial?: Text | null
  empty?: Text | null
}

export interface SentenceData extends TileNotes {
  text: Text
}

export interface KpiItem {
  metric: string
  label: Text
  unit: Unit
  value: number | null
  change: number | null
  change_kind: 'ratio' | 'pp' | 'none'
  good: Good
  spark: (number | null)[]
  evidence: Evidence
  warning: Text | null
  href: string | null
  numerator: Text | null
}

export interface KpisData extends TileNotes {
  items: KpiItem[]
  currency: string | null
}

export interface Series {
  name: Text
  values: (number | null)[]
  role: 'current' | 'compare' | 'other'
}

export interface ChartData extends TileNotes {
  unit: Unit
  currency: string | null
  x: (string | Text)[]
  x_kind: 'date' | 'category'
  series: Series[]
  href?: (string | null)[] | null
  marks?: { x: string; name: Text }[]
  export?: string | null
}

export interface HeatmapData extends TileNotes {
  unit: Unit
  currency?: string | null
  rows: Text[]
  cols: Text[]
  values: (number | null)[][]
  max: number | null
  export?: string | null
}

export interface Column {
  key: string
  label: Text
  unit: Unit
  align?: 'left' | 'right' | 'center' | null
  sortable?: boolean
}

export type Row = Record<string, Cell | Text> & { _href?: string | null }

export interface TableData extends TileNotes {
  columns: Column[]
  rows: Row[]
  total: Row | null
  page: number
  pages: number
  n_rows: number
  currency?: string | null
  export?: string | null
}

export interface Finding {
  text: Text
  money: number | null
  currency: string | null
  evidence: Evidence
  href: string | null
}

export interface FindingsData extends TileNotes {
  items: Finding[]
}

export interface MetricCardData extends TileNotes {
  name: string
  label: Text
  definition: Text
  formula: Text
  base: Text
  unit: Unit
  source: Text
  owner: string | Text | null
  freshness: string | Text | null
  evidence: Evidence
  catalogue_ids: string[]
  version: string | number
}
