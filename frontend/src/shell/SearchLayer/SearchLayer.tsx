import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { useMetrics } from '../../api/queries'
import type { NavRoom, PageSpec } from '../../api/types'
import { useView } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import { searchEntries, searchHits } from './searchEntries'
import './SearchLayer.css'

interface SearchLayerProps {
  isOpen: boolean
  rooms: readonly NavRoom[]
  pages: readonly PageSpec[]
  onClose: () => void
}

/** `/` opens it: pages and metrics by name in either language. */
export function SearchLayer(props: SearchLayerProps) {
  const { t } = useWords()
  return (
    <Modal
      open={props.isOpen}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      width={560}
      style={{ top: 72 }}
      title={<span className="sr-only">{t('search.title')}</span>}
      destroyOnHidden
      className="search-layer"
    >
      {props.isOpen && <SearchBox {...props} />}
    </Modal>
  )
}

function SearchBox({ rooms, pages, onClose }: SearchLayerProps) {
  const { t, say } = useWords()
  const { open } = useView()
  const metrics = useMetrics(true)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const listId = useId()
  const entries = useMemo(() => searchEntries(rooms, pages, metrics.data ?? []), [rooms, pages, metrics.data])
  const hits = useMemo(() => searchHits(entries, query), [entries, query])
  const go = (index: number) => {
    const hit = hits[index]
    if (hit === undefined) return
    onClose()
    open(hit.href)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((n) => Math.min(n + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setChosen((n) => Math.max(n - 1, 0))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(chosen)
    else return
    event.preventDefault()
  }
  return (
    <div>
      <div className="search-field">
        <SearchOutlined aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={hits.length > 0 ? `${listId}-${chosen}` : undefined}
          aria-label={t('search.placeholder')}
          placeholder={t('search.placeholder')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKey}
        />
      </div>
      <div role="listbox" id={listId} aria-label={t('search.title')} className="search-hits" tabIndex={-1}>
        {hits.map((hit, index) => (
          <div
            key={hit.kind + hit.href}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="search-hit"
            onMouseMove={() => setChosen(index)}
            onClick={() => go(index)}
          >
            <span>{say(hit.title)}</span>
            <span className="search-kind">{t(hit.kind === 'page' ? 'search.pages' : 'search.metrics')}</span>
          </div>
        ))}
      </div>
      <p className="search-foot" role="status">
        {hits.length === 0 ? t('search.none', { q: query }) : t('search.hint')}
      </p>
    </div>
  )
}
