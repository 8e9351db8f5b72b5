import { Button, Input } from 'antd'
import { useState } from 'react'
import type { ApiErrorBody } from '../../api/types'
import { Go } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import { resend, type Upload } from '../uploadStore'

/** An unknown file: what it resembles, the page on which its columns are said, and the guessed map as text. */
export function MapQuestion({ upload, error, map }: { upload: Upload; error: ApiErrorBody; map: string }) {
  const { t, say } = useWords()
  const [text, setText] = useState(map)
  const [isText, setIsText] = useState(error.waiting === undefined)
  const near = error.near?.[0]
  return (
    <div className="upload-question">
      <p>
        <b>{t('upload.map_title')}</b>
      </p>
      <p>{t('upload.map_lead')}</p>
      {near !== undefined && (
        <p className="upload-where">
          {t('upload.map_near', { title: say(near.title), missing: near.missing.join(', ') })}
        </p>
      )}
      {error.waiting !== undefined && (
        <p className="upload-question-choices">
          <Go href={`/data/map?file=${error.waiting}`} className="upload-to-mapper">
            {t('mapper.to_mapper')}
          </Go>
          <Button type="text" size="small" aria-expanded={isText} onClick={() => setIsText(!isText)}>
            {t('mapper.by_text')}
          </Button>
        </p>
      )}
      {isText && (
        <>
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
        </>
      )}
    </div>
  )
}
