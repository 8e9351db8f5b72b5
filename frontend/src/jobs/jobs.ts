import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getJson } from '../api/client'
import type { Job, JobId } from '../api/types'

const POLL_MS = 800
// While events arrive, polling only catches what a dropped connection would lose.
const POLL_WITH_EVENTS_MS = 5000

export function isActive(job: Job | undefined): boolean {
  return job === undefined || job.state === 'queued' || job.state === 'running'
}

const live = { users: 0, source: null as EventSource | null, isOpen: false }

function receive(queries: QueryClient, data: string): void {
  const job = JSON.parse(data) as Job
  queries.setQueryData(['job', String(job.id)], job)
  if (!isActive(job)) void queries.invalidateQueries({ queryKey: ['jobs'] })
}

/** Listen to the server's job events while someone is waiting for a job. */
export function useJobEvents(isWaiting: boolean): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (!isWaiting || typeof EventSource === 'undefined') return
    live.users += 1
    if (live.source === null) {
      const source = new EventSource('/api/v1/events')
      const onMessage = (event: MessageEvent<string>) => receive(queries, event.data)
      source.onopen = () => (live.isOpen = true)
      source.onerror = () => (live.isOpen = false)
      source.onmessage = onMessage
      source.addEventListener('job', onMessage)
      live.source = source
    }
    return () => {
      live.users -= 1
      if (live.users === 0) {
        live.source?.close()
        live.source = null
        live.isOpen = false
      }
    }
  }, [isWaiting, queries])
}

function pollMs(): number {
  return live.isOpen ? POLL_WITH_EVENTS_MS : POLL_MS
}

/** One job, followed until it ends. */
export function useJob(id: JobId | null) {
  const query = useQuery({
    queryKey: ['job', String(id)],
    queryFn: ({ signal }) => getJson<Job>(`/api/v1/jobs/${encodeURIComponent(String(id))}`, signal),
    enabled: id !== null,
    refetchInterval: ({ state }) => (isActive(state.data) && state.status !== 'error' ? pollMs() : false),
  })
  useJobEvents(id !== null && isActive(query.data))
  return query
}

/** All jobs, newest first. */
export function useJobs(source: string) {
  const query = useQuery({
    queryKey: ['jobs', source],
    queryFn: async ({ signal }) => (await getJson<{ jobs: Job[] }>(source, signal)).jobs,
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? POLL_MS : false),
  })
  return query
}

/** Everything on screen may have changed once a job that writes has ended. */
export function refreshAll(queries: QueryClient): void {
  void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'job' })
}
