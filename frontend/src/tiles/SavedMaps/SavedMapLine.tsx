import { Button, Input } from 'antd'
import { useState } from 'react'
import type { SavedMap } from '../../api/types'
import { timeText } from '../../format/date'
import { countText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'

interface SavedMapLineProps {
  map: SavedMap
  onRename: (name: string) => void
  onDelete: () => void
}

/** One saved map: its name, what it fills, when it was kept; its content on demand. */
export function SavedMapLine({ map, onRename, onDelete }: SavedMapLineProps) {
  const { t, say } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState<string | null>(null)
  const rename = () => {
    if (name !== null && name.trim() !== '' && name.trim() !== map.name) onRename(name.trim())
    setName(null)
  }
  return (
    <li className="saved-map">
      <div className="saved-map-head">
        {name === null ? (
          <b>{map.name}</b>
        ) : (
          <Input
            value={name}
            maxLength={100}
            autoFocus
            aria-label={t('maps.new_name')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={rename}
            onBlur={rename}
          />
        )}
        <span className="tag">{say(map.table_label)}</span>
        <span className="saved-map-quiet">
          {t('maps.columns', { n: countText(map.n_columns) })} · {t('maps.saved_at')}{' '}
          <span className="digits">{timeText(map.saved_at)}</span>
        </span>
        <span className="saved-map-actions">
          <Button
            size="small"
            aria-expanded={isOpen}
            aria-label={t('maps.show_name', { name: map.name })}
            onClick={() => setOpen(!isOpen)}
          >
            {t('maps.show')}
          </Button>
          <Button
            size="small"
            aria-label={t('maps.rename_name', { name: map.name })}
            onClick={() => setName(map.name)}
          >
            {t('maps.rename')}
          </Button>
          <Button size="small" aria-label={t('maps.delete_name', { name: map.name })} onClick={onDelete}>
            {t('maps.delete')}
          </Button>
        </span>
      </div>
      {isOpen && (
        <>
          <p className="saved-map-quiet">
            {t('maps.header')}: {map.header.join(' · ')}
          </p>
          <pre tabIndex={0}>{map.toml}</pre>
        </>
      )}
    </li>
  )
}
