import { useSyncExternalStore } from 'react'
import { ApiError, postForm } from '../api/client'
import type { ApiErrorBody, JobId } from '../api/types'

/** One file on its way into the ledger. Kept outside React so that leaving the page loses nothing. */
export interface Upload {
  key: number
  file: File
  jobId: JobId | null
  refusal: ApiErrorBody | null
  store: string | null
  map: string | null
  /** Of a locked file; held until the list is cleared, and nowhere but here. */
  password: string | null
}

let uploads: readonly Upload[] = []
let lastKey = 0
let sending: Promise<void> = Promise.resolve()
const listeners = new Set<() => void>()

function publish(next: readonly Upload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}

function change(key: number, part: Partial<Upload>): void {
  publish(uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
}

const OFFLINE: ApiErrorBody = { code: 'offline', what: '', where: '', next: '' }

async function send({ key, file, store, map, password }: Upload): Promise<void> {
  const form = new FormData()
  form.append('files', file, file.name)
  if (store !== null) form.append('store', store)
  if (map !== null) form.append('map', map)
  if (password !== null) form.append('password', password)
  try {
    const { job_id } = await postForm<{ job_id: JobId }>('/api/v1/load', form)
    change(key, { jobId: job_id })
  } catch (error) {
    change(key, { refusal: error instanceof ApiError ? error.body : OFFLINE })
  }
}

/** One after the other: the ledger takes one file at a time anyway, and the order on screen is kept. */
function enqueue(upload: Upload): void {
  sending = sending.then(() => send(upload))
}

const isMap = (file: File) => file.name.toLowerCase().endsWith('.toml')

/** Take files in. A `.toml` dropped along is the column map for the others. */
export async function addFiles(files: readonly File[]): Promise<void> {
  const mapFile = files.find(isMap)
  const map = mapFile === undefined ? null : await mapFile.text()
  const added = files
    .filter((file) => !isMap(file))
    .map((file): Upload => ({
      key: ++lastKey,
      file,
      jobId: null,
      refusal: null,
      store: null,
      map,
      password: null,
    }))
  publish([...uploads, ...added])
  added.forEach(enqueue)
}

/** Read a file again, with the answer that was missing. */
export function resend(key: number, answer: { store?: string; map?: string; password?: string }): void {
  change(key, { jobId: null, refusal: null, ...answer })
  const upload = uploads.find((each) => each.key === key)
  if (upload !== undefined) enqueue(upload)
}

export function clearUploads(): void {
  publish([])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads)
}
