import { Button, Input } from 'antd'
import { useState } from 'react'
import type { ApiErrorBody } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { resend, type Upload } from '../uploadStore'

/** An unknown file comes back with a map written for it, ready to be edited. */
export function MapQuestion({ upload, error, map }: { upload: Upload; error: ApiErrorBody; map: string }) {
  const { t, say } = useWords()
  const [text, setText] = useState(map)
  return (
    <div className="upload-question">
      <p>
        <b>{t('upload.map_title')}</b>
      </p>
      <p>{t('upload.map_lead')}</p>
      <p className="upload-where">{say(error.what)}</p>
      <Input.TextArea
        value={text}
        autoSize={{ minRows: 6, maxRows: 18 }}
        spellCheck={false}
        aria-label={t('upload.map_title')}
        className="upload-map"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="primary" onClick={() => resend(upload.key, { map: text })}>
        {t('upload.map_use')}
      </Button>
    </div>
  )
}
