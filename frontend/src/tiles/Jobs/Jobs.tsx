import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { postJson } from '../../api/client'
import type { Job } from '../../api/types'
import { timeText } from '../../format/date'
import { JobProgress } from '../../jobs/JobProgress/JobProgress'
import { isActive, useJobEvents, useJobs } from '../../jobs/jobs'
import { problemWords } from '../../page/States/problem'
import { EmptyState, ErrorState } from '../../page/States/States'
import { useWords, type Words } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame, TileSkeleton } from '../Tile/TileFrame'
import './Jobs.css'

const KINDS = ['load', 'replay', 'move', 'check', 'people'] as const

function jobName(job: Job, { t, say }: Words): string {
  const kind = KINDS.find((each) => each === job.kind)
  return say(job.label) || (kind === undefined ? job.kind : t(`jobs.kind.${kind}`))
}

function JobLine({ job }: { job: Job }) {
  const words = useWords()
  const { t } = words
  const queries = useQueryClient()
  const name = jobName(job, words)
  const cancel = useMutation({
    mutationFn: () => postJson(`/api/v1/jobs/${encodeURIComponent(String(job.id))}/cancel`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  })
  const at = job.finished_at ?? job.started_at ?? job.created_at
  return (
    <li className="job">
      <p className="job-head">
        <span className="job-name">{name}</span>
        <span className={`job-state is-${job.state}`}>{t(`jobs.state.${job.state}`)}</span>
        {isActive(job) && (
          <Button size="small" onClick={() => cancel.mutate()} aria-label={t('jobs.cancel_name', { name })}>
            {t('jobs.cancel')}
          </Button>
        )}
      </p>
      {isActive(job) && <JobProgress job={job} name={name} />}
      {job.error !== null && <p className="job-error">{problemWords(job.error, words).headline}</p>}
      {!isActive(job) && at && <p className="job-time digits">{timeText(at)}</p>}
    </li>
  )
}

/** Long work, found again after leaving the page. */
export default function Jobs({ spec, height }: TileProps) {
  const { say } = useWords()
  const { data, error, refetch } = useJobs(spec.source)
  useJobEvents(data?.some(isActive) ?? false)
  const title = say(spec.title)
  if (data === undefined && error === null) return <TileSkeleton height={height} title={title} />
  return (
    <TileFrame title={title} help={say(spec.help)}>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data?.length ? (
        <ul className="jobs" tabIndex={0} aria-label={title}>
          {data.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </ul>
      ) : (
        <NoJobs />
      )}
    </TileFrame>
  )
}

function NoJobs() {
  const { t } = useWords()
  const text = t('jobs.none')
  return <EmptyState text={{ zh: text, en: text }} toData={false} />
}
