import { Checkbox, Skeleton } from 'antd'
import { useState } from 'react'
import { matchPath, type Location } from 'react-router'
import { useTileData } from '../../api/queries'
import type { SourceRow } from '../../api/types'
import { timeText } from '../../format/date'
import { countText } from '../../format/value'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import './SourcePanel.css'

/** One line of a source file as it came, with the ledger column each cell feeds. */
export function SourcePanel({ location }: { location: Location }) {
  const { batch = '', row = '' } = matchPath('/source/:batch/:row', location.pathname)?.params ?? {}
  const url = `/api/v1/source/${encodeURIComponent(batch)}/${encodeURIComponent(row)}`
  const { data, error, refetch } = useTileData<SourceRow>(url)
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton active paragraph={{ rows: 10 }} />
  return <SourceCells source={data} />
}

function SourceCells({ source }: { source: SourceRow }) {
  const { t, say } = useWords()
  const [onlyUsed, setOnlyUsed] = useState(false)
  const loadedAt = source.batch?.loaded_at
  const facts: [string, string][] = [
    [t('drill.file'), source.file],
    [t('drill.format'), say(source.format_label) || source.format],
    [t('drill.store'), source.store ?? ''],
    [t('drill.loaded'), typeof loadedAt === 'string' ? timeText(loadedAt) : ''],
  ]
  const cells = onlyUsed ? source.cells.filter((cell) => cell.column !== null) : source.cells
  return (
    <div className="source-panel">
      <p className="source-row-name">{t('drill.source_of', { row: countText(source.row) })}</p>
      <dl className="source-facts">
        {facts
          .filter(([, text]) => text !== '')
          .map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
      {source.cells.some((cell) => cell.column === null) && (
        <Checkbox checked={onlyUsed} onChange={(event) => setOnlyUsed(event.target.checked)}>
          {t('drill.only_used')}
        </Checkbox>
      )}
      <table className="source-cells">
        <thead>
          <tr>
            <th scope="col">{t('drill.header')}</th>
            <th scope="col">{t('drill.value')}</th>
            <th scope="col">{t('drill.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell, index) => (
            <tr key={index} className={cell.column === null ? 'is-unused' : undefined}>
              <th scope="row">{cell.header}</th>
              <td>{cell.value === null || cell.value === '' ? '—' : cell.value}</td>
              <td className="source-column">{cell.column ?? t('drill.ignored')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="source-note">{t('drill.masked')}</p>
    </div>
  )
}
