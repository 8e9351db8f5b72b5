import { CheckCircleFilled, CloseCircleFilled, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ApiErrorBody, Job, LoadReport } from '../../api/types'
import { useView } from '../../app/navigation'
import { JobProgress } from '../../jobs/JobProgress/JobProgress'
import { useWords } from '../../settings/SettingsProvider'
import { FileOutcome } from '../FileOutcome/FileOutcome'
import { isLocked, PasswordQuestion } from '../PasswordQuestion/PasswordQuestion'
import { resend, type Upload } from '../uploadStore'
import { MapQuestion } from './MapQuestion'
import { Refusal } from './Refusal'
import { StoreQuestion } from './StoreQuestion'

interface UploadItemProps {
  upload: Upload
  job: Job | undefined
  isWaiting: boolean
}

function Answer({ upload, error }: { upload: Upload; error: ApiErrorBody }) {
  if (error.code === 'store_ambiguous') return <StoreQuestion upload={upload} choices={error.choices ?? []} />
  if (isLocked(error.code)) {
    return <PasswordQuestion code={error.code} onAnswer={(password) => resend(upload.key, { password })} />
  }
  if (error.map) return <MapQuestion upload={upload} error={error} map={error.map} />
  return <Refusal upload={upload} error={error} />
}

function ToQuarantine() {
  const { t } = useWords()
  const { open } = useView()
  const go = () => {
    const tile = document.querySelector('.page-cell-quarantine')
    if (tile === null) open('/data')
    else tile.scrollIntoView({ behavior: 'smooth' })
  }
  return (
    <Button type="link" size="small" onClick={go}>
      {t('upload.see_quarantine')}
    </Button>
  )
}

/** One file: on its way, loaded, or waiting for an answer. */
export function UploadItem({ upload, job, isWaiting }: UploadItemProps) {
  const { t } = useWords()
  const error = upload.refusal ?? job?.error ?? null
  const files = (job?.result as LoadReport | null | undefined)?.files ?? []
  const isDone = job?.state === 'done'
  const state = upload.refusal
    ? t('upload.failed')
    : job === undefined
      ? t('upload.sending')
      : t(`upload.${job.state}`)
  const hasQuarantine = files.some((file) => file.quarantined > 0)
  return (
    <li className="upload-item">
      <p className="upload-item-head">
        {isDone ? (
          <CheckCircleFilled className="is-done" aria-hidden />
        ) : isWaiting ? (
          <LoadingOutlined aria-hidden />
        ) : (
          <CloseCircleFilled className="is-failed" aria-hidden />
        )}
        <span className="upload-item-file">{upload.file.name}</span>
        <span className="upload-item-state">{state}</span>
      </p>
      {isWaiting && job !== undefined && <JobProgress job={job} name={upload.file.name} />}
      {error !== null && <Answer upload={upload} error={error} />}
      {files.map((file) => (
        <FileOutcome key={file.file} report={file} />
      ))}
      {hasQuarantine && <ToQuarantine />}
    </li>
  )
}
