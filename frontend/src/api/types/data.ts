import type { Answer } from './answer'
import type { Text } from './page'
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
  /** Formats that an unknown file resembles, and what it lacks of them. */
  near?: { format: string; title: Text; missing: string[] }[]
  /** Number under which an unknown file waits for a map. */
  waiting?: number
}

export interface JobProgress {
  done: number
  total: number | null
  unit: string
  rate: number | null
  label: Text | null
}

export type JobId = Answer<'JobStarted'>['job_id']

/** A job; the server leaves open what progress, result and error hold, so it is said here. */
export type Job = Omit<Answer<'JobAnswer'>, 'state' | 'progress' | 'result' | 'error'> & {
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  progress: JobProgress | null
  result: LoadReport | Record<string, unknown> | null
  error: ApiErrorBody | null
}

export interface Equation {
  received: number
  accepted: number
  duplicate: number
  superseded: number
  quarantined: number
  rejected: number
}

/** One line of what was noticed about a file. */
export interface Issue {
  rule: string
  message: string
  message_zh: string
  n_rows: number
  column: string | null
  detail: string | null
}

export interface FileReport extends Equation {
  file: string
  format: string | null
  title: Text | null
  store: string | null
  non_data: number
  currency: string | null
  file_total: number | null
  ledger_total: number | null
  rounding: number | null
  period: [string | null, string | null]
  issues: Issue[]
  notes: Text[]
  error?: ApiErrorBody
}

export interface LoadReport {
  files: FileReport[]
}

export type BatchesData = Answer<'BatchList'> & TileNotes
export type Batch = BatchesData['rows'][number]
export type QuarantineData = Answer<'QuarantineList'> & TileNotes
export type QuarantineRow = QuarantineData['rows'][number]
export type SourceRow = Answer<'SourceView'>
