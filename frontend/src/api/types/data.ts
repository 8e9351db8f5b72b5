import type { Cell, Text } from './page'
import type { TileNotes } from './tiles'

/** Files, jobs and what was kept aside. */
export interface ApiErrorBody {
  code: string
  what: string
  where: string
  next: string
  /** Stores to choose from. */
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

export type JobId = string | number

export interface Job {
  id: JobId
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
      /** The same message in Chinese, where `message` is plain English. */
      message_zh?: string
      detail?: string | null
      next?: Text | string
      href?: string | null
      n_rows?: number
      count?: number
    }

export interface FileReport extends Equation {
  file: string
  format: string | null
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
  period?: [string | null, string | null]
  notes?: Text[]
  error?: ApiErrorBody | null
  draft_map?: string | null
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
