/** Shapes of the HTTP API's answers. Objects only at the top level; every text comes in both languages. */
export interface Text {
  zh: string
  en: string
}

export type Unit = 'money' | 'count' | 'ratio' | 'days' | 'text' | 'date' | 'time' | 'status'
export type Good = 'up' | 'down' | 'none'
export type Evidence = 'counted' | 'estimated' | 'declared' | 'attributed' | 'measured'
export type Cell = string | number | boolean | null

export interface Choice {
  value: string
  label: Text
}

export interface NavRoom {
  room: string
  title: Text
  path: string
  icon: string
  has_data: boolean
  needs: Text | null
}

export interface Promotion {
  name: Text
  from: string
  to: string
}

export interface Meta {
  shop: { name: string }
  is_empty: boolean
  is_demo: boolean
  version: string
  data_from: string | null
  data_to: string | null
  as_of: string | null
  dimensions: Record<string, Choice[]>
  dimension_labels?: Record<string, Text>
  promotions?: Promotion[]
  nav: NavRoom[]
  token: string
}

export interface TileSpec {
  id: string
  kind: string
  title: Text | null
  span: number
  source: string
  help?: Text | null
}

export interface RowSpec {
  tiles: TileSpec[]
  height?: 's' | 'm' | 'l' | null
}

export interface PageSpec {
  id: string
  path: string
  title: Text
  room: string
  icon: string
  filters: string[]
  rows: RowSpec[]
}

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

export interface MetricInfo {
  name: string
  label_zh?: string
  label_en?: string
  label?: Text
  definition_zh?: string
  definition_en?: string
  definition?: Text
  formula?: string | Text
  freshness?: string | null
  unit?: Unit
}

export interface ApiErrorBody {
  code: string
  what: string
  where: string
  next: string
  choices?: { shop_id?: number; name: string }[]
  map?: string | null
}

export interface JobProgress {
  done: number
  total: number | null
  unit: string
  rate: number | null
  label: Text | null
}

export interface Job {
  id: string
  kind: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  progress: JobProgress | null
  result: LoadReport | Record<string, unknown> | null
  error: ApiErrorBody | null
  label?: Text | null
  created_at?: string | null
  started_at?: string | null
  finished_at?: string | null
}

export interface Equation {
  received: number
  accepted: number
  duplicate: number
  superseded: number
  quarantined: number
  rejected: number
}

export type Issue =
  | string
  | Text
  | {
      text?: Text | string
      message?: Text | string
      reason?: Text | string
      what?: string
      next?: Text | string
      href?: string | null
      n_rows?: number
      count?: number
    }

export interface FileReport extends Equation {
  file: string
  format: string
  format_label?: Text | null
  title?: Text | null
  store: string | null
  non_data?: number
  file_total: number | string | null
  ledger_total: number | string | null
  rounding: number | string | null
  currency: string | null
  date_from?: string | null
  date_to?: string | null
  issues: Issue[]
}

export interface LoadReport {
  files: FileReport[]
}

export interface Batch extends FileReport {
  id: string | number
  loaded_at?: string | null
  extracted_at?: string | null
  platform?: string | null
}

export interface BatchesData extends TileNotes {
  rows: Batch[]
  n_rows?: number
}

export interface QuarantineRow {
  id: string | number
  file: string
  row: number
  column: string | null
  value: string | null
  rule: string
  reason: Text
  next: Text
  cells: { header: string; value: string | null; column?: string | null }[]
}

export interface QuarantineData extends TileNotes {
  rows: QuarantineRow[]
  n_rows: number
  page?: number
  pages?: number
}

export interface SourceRow {
  file: string
  row: number
  format: string
  format_label?: Text | null
  store: string | null
  cells: { header: string; value: string | null; column: string | null }[]
  batch: Record<string, Cell> | null
}
