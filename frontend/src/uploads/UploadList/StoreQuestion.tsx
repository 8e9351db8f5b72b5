import { Button, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../settings/SettingsProvider'
import { resend, type Upload } from '../uploadStore'

interface StoreQuestionProps {
  upload: Upload
  choices: { shop_id?: number; name: string }[]
}

/** Several stores fit a file: the person says which. */
export function StoreQuestion({ upload, choices }: StoreQuestionProps) {
  const { t } = useWords()
  const [own, setOwn] = useState('')
  const name = own.trim()
  return (
    <div className="upload-question">
      <p>
        <b>{t('upload.which_store', { file: upload.file.name })}</b> {t('upload.which_store_why')}
      </p>
      <div className="upload-question-choices">
        {choices.map((choice) => (
          <Button key={choice.name} onClick={() => resend(upload.key, { store: choice.name })}>
            {choice.name}
          </Button>
        ))}
        <Input
          value={own}
          placeholder={t('upload.new_store')}
          aria-label={t('upload.new_store')}
          onChange={(event) => setOwn(event.target.value)}
          onPressEnter={() => name !== '' && resend(upload.key, { store: name })}
        />
        {name !== '' && (
          <Button type="primary" onClick={() => resend(upload.key, { store: name })}>
            {t('upload.use_store')}
          </Button>
        )}
      </div>
    </div>
  )
}
