import { ExperimentOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { postJson } from '../../api/client'
import type { Door, JobId } from '../../api/types'
import { JobProgress } from '../../jobs/JobProgress/JobProgress'
import { refreshAll, useJob } from '../../jobs/jobs'
import { useWords } from '../../settings/SettingsProvider'

/** A made-up shop to look at: opened here where the server can, else by a command. */
export function DemoDoor({ door }: { door: Door | undefined }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [jobId, setJobId] = useState<JobId | null>(null)
  const { data: job } = useJob(jobId)
  const demo = useMutation({
    mutationFn: () => postJson<{ job_id: JobId }>('/api/v1/demo', {}),
    onSuccess: ({ job_id }) => setJobId(job_id),
  })
  const isDone = job?.state === 'done'
  useEffect(() => {
    if (isDone) refreshAll(queries)
  }, [isDone, queries])
  const isHere = door?.available === true && !demo.isError
  return (
    <section className="card door">
      <ExperimentOutlined aria-hidden />
      <h2>{t('doors.demo')}</h2>
      <p>{t('doors.demo_text')}</p>
      {!isHere && (
        <>
          <code className="door-command">zhanggui demo</code>
          <p>{t('doors.demo_terminal')}</p>
        </>
      )}
      {job !== undefined && <JobProgress job={job} name={t('doors.demo')} />}
      {isHere && jobId === null && (
        <Button onClick={() => demo.mutate()} loading={demo.isPending}>
          {t('doors.demo_go')}
        </Button>
      )}
    </section>
  )
}
