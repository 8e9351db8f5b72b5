import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, postJson } from '../api/client'
import type { JobId } from '../api/types'
import { isActive, refreshAll, useJob } from './jobs'

/** Start a job in the background by posting to `path`; what is on screen follows when it is done. */
export function useStartedJob(path: string) {
  const queries = useQueryClient()
  const [jobId, setJobId] = useState<JobId | null>(null)
  const { data: job } = useJob(jobId)
  const start = useMutation({
    mutationFn: () => postJson<{ job_id: JobId }>(path, {}),
    onSuccess: ({ job_id }) => setJobId(job_id),
  })
  const isDone = job?.state === 'done'
  useEffect(() => {
    if (isDone) refreshAll(queries)
  }, [isDone, queries])
  return {
    start: () => start.mutate(),
    isRunning: start.isPending || (jobId !== null && isActive(job)),
    error: start.error ?? (job?.error ? new ApiError(job.error, 200) : null),
  }
}
