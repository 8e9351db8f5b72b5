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
