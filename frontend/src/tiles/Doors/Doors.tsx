import { ApiOutlined, ExperimentOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { postJson } from '../../api/client'
import { JobProgress } from '../../jobs/JobProgress/JobProgress'
import { refreshAll, useJob } from '../../jobs/jobs'
import { useWords } from '../../settings/SettingsProvider'
import { DropZone } from '../../uploads/DropZone/DropZone'
import { UploadList } from '../../uploads/UploadList/UploadList'
import './Doors.css'

function DemoDoor() {
  const { t } = useWords()
  const queries = useQueryClient()
  const [jobId, setJobId] = useState<string | null>(null)
  const { data: job } = useJob(jobId)
  const demo = useMutation({
    mutationFn: () => postJson<{ job_id: string }>('/api/v1/demo', {}),
    onSuccess: ({ job_id }) => setJobId(job_id),
  })
  const isDone = job?.state === 'done'
  useEffect(() => {
    if (isDone) refreshAll(queries)
  }, [isDone, queries])
  return (
    <section className="card door">
      <ExperimentOutlined aria-hidden />
      <h2>{t('doors.demo')}</h2>
      <p>{demo.isError ? t('doors.demo_terminal') : t('doors.demo_text')}</p>
      {job !== undefined && <JobProgress job={job} name={t('doors.demo')} />}
      {!demo.isError && jobId === null && (
        <Button onClick={() => demo.mutate()} loading={demo.isPending}>
          {t('doors.demo_go')}
        </Button>
      )}
    </section>
  )
}

/** An empty shop: three ways in, and no form before the first figure. */
export default function Doors() {
  const { t } = useWords()
  return (
    <div className="doors">
      <header className="doors-head">
        <h2>{t('doors.title')}</h2>
        <p>{t('doors.lead')}</p>
      </header>
      <section className="card door door-drop">
        <h2>{t('doors.drop')}</h2>
        <p>{t('doors.drop_text')}</p>
        <DropZone isLarge />
        <UploadList />
      </section>
      <DemoDoor />
      <section className="card door">
        <ApiOutlined aria-hidden />
        <h2>{t('doors.connect')}</h2>
        <p>{t('doors.connect_text')}</p>
        <span className="tag">{t('doors.soon')}</span>
      </section>
    </div>
  )
}
