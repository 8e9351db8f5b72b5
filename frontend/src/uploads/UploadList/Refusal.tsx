import { Button } from 'antd'
import type { ApiErrorBody } from '../../api/types'
import { problemWords } from '../../page/States/problem'
import { useWords } from '../../settings/SettingsProvider'
import { resend, type Upload } from '../uploadStore'

/** Why a file was not loaded: what, where, next. */
export function Refusal({ upload, error }: { upload: Upload; error: ApiErrorBody }) {
  const words = useWords()
  const { headline, details } = problemWords(error, words)
  return (
    <div className="upload-question" role="alert">
      <p>
        <b>{headline}</b>
      </p>
      {details.map((detail) => (
        <p key={detail} className="upload-where">
          {detail}
        </p>
      ))}
      <Button size="small" onClick={() => resend(upload.key, {})}>
        {words.t('upload.retry')}
      </Button>
    </div>
  )
}
