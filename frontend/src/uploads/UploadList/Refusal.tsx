import { Button } from 'antd'
import type { ApiErrorBody } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { resend, type Upload } from '../uploadStore'

/** Why a file was not loaded: what, where, next. */
export function Refusal({ upload, error }: { upload: Upload; error: ApiErrorBody }) {
  const { t, say } = useWords()
  const isOffline = error.code === 'offline'
  return (
    <div className="upload-question" role="alert">
      <p>
        <b>{isOffline ? t('state.offline') : say(error.what) || t('state.error')}</b>
      </p>
      {say(error.where) !== '' && <p className="upload-where">{say(error.where)}</p>}
      <p>{isOffline ? t('state.offline_next') : say(error.next)}</p>
      <Button size="small" onClick={() => resend(upload.key, {})}>
        {t('upload.retry')}
      </Button>
    </div>
  )
}
