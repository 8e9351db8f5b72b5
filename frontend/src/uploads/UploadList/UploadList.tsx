import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { Go } from '../../app/navigation'
import { isActive, refreshAll, useJob } from '../../jobs/jobs'
import { useWords } from '../../settings/SettingsProvider'
import { clearUploads, useUploads, type Upload } from '../uploadStore'
import { UploadItem } from './UploadItem'
import './UploadList.css'

function Item({ upload }: { upload: Upload }) {
  const queries = useQueryClient()
  const { data: job } = useJob(upload.jobId)
  const isDone = job?.state === 'done'
  const wasDone = useRef(false)
  useEffect(() => {
    if (isDone && !wasDone.current) refreshAll(queries)
    wasDone.current = isDone
  }, [isDone, queries])
  return <UploadItem upload={upload} job={job} isWaiting={upload.refusal === null && isActive(job)} />
}

/** Every file of this visit with its progress, then its outcome. */
export function UploadList() {
  const { t } = useWords()
  const uploads = useUploads()
  if (uploads.length === 0) return null
  return (
    <div className="upload-list">
      <ul aria-live="polite">
        {uploads.map((upload) => (
          <Item key={upload.key} upload={upload} />
        ))}
      </ul>
      <div className="upload-list-foot">
        <Go href="/" onGo={clearUploads}>
          {t('upload.see_overview')}
        </Go>
        <Button type="text" size="small" onClick={clearUploads}>
          {t('upload.clear')}
        </Button>
      </div>
    </div>
  )
}
