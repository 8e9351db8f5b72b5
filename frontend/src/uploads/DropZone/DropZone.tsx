import { CloudUploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState, type DragEvent } from 'react'
import { useWords } from '../../settings/SettingsProvider'
import { addFiles } from '../uploadStore'
import './DropZone.css'

/** Drop files or choose them, several at once. */
export function DropZone({ isLarge }: { isLarge?: boolean }) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null) => {
    if (files !== null && files.length > 0) void addFiles([...files])
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <div
      className={`drop-zone${isOver ? ' is-over' : ''}${isLarge ? ' is-large' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <CloudUploadOutlined aria-hidden />
      <p className="drop-zone-lead">
        {isOver ? (
          t('upload.drop_now')
        ) : (
          <>
            {t('upload.lead')}{' '}
            <Button type="primary" size="small" onClick={() => input.current?.click()}>
              {t('upload.choose')}
            </Button>
          </>
        )}
      </p>
      <p className="drop-zone-kinds">{t('upload.kinds')}</p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('upload.choose')}
        onChange={(event) => {
          take(event.target.files)
          // So that the same file can be chosen again.
          event.target.value = ''
        }}
      />
    </div>
  )
}
