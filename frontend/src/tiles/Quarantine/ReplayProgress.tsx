import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiError } from '../../api/client'
import type { Job, JobId } from '../../api/types'
import { countText } from '../../format/value'
import { JobProgress } from '../../jobs/JobProgress/JobProgress'
import { isActive, refreshAll, useJob } from '../../jobs/jobs'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'

interface Counts {
  accepted: number
  quarantined: number
}

/** The outcome of a replay, whether told in one line or as a load report. */
export function countsOf(job: Job): Counts {
  const result = (job.result ?? {}) as Partial<Counts> & { files?: Counts[] }
  const files = result.files ?? []
  const sum = (key: keyof Counts) => result[key] ?? files.reduce((total, file) => total + (file[key] ?? 0), 0)
  return { accepted: sum('accepted'), quarantined: sum('quarantined') }
}

/** How the last replay goes, then how it went. */
export function ReplayProgress({ jobId, error }: { jobId: JobId | null; error: Error | null }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const { data: job } = useJob(jobId)
  const isEnded = job !== undefined && !isActive(job)
  useEffect(() => {
    if (isEnded) refreshAll(queries)
  }, [isEnded, queries])
  if (error !== null) return <ErrorState error={error} />
  if (job === undefined) return null
  if (!isEnded) return <JobProgress job={job} name={t('jobs.kind.replay')} />
  if (job.error !== null) return <ErrorState error={new ApiError(job.error, 200)} />
  const { accepted, quarantined } = countsOf(job)
  return (
    <p className="quarantine-outcome" role="status">
      {t('quarantine.finished', { accepted: countText(accepted), quarantined: countText(quarantined) })}
    </p>
  )
}
