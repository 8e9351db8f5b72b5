import type { Mapping, ReadAs } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { certainty } from './mapDocument'
import { Choose, Field } from './Field'

interface BeginningProps {
  mapping: Mapping
  readAs: ReadAs
  onRead: (readAs: ReadAs) => void
}

/** Which table the file fills, from what the map starts, and which sheet is meant. */
export function Beginning({ mapping, readAs, onRead }: BeginningProps) {
  const { t, say } = useWords()
  const start = mapping.starts.find(({ id }) => id === mapping.start)
  const tables = mapping.tables.map((table, place) => {
    const sure = place === 0 ? ` · ${t(`mapper.certainty.${certainty(table.score)}`)}` : ''
    return { value: table.name, label: say(table.label) + sure }
  })
  return (
    <>
      <div className="map-fields">
        <Field label={t('mapper.fills')}>
          {(id) => (
            <Choose
              id={id}
              value={mapping.document.table}
              choices={tables}
              onChoose={(table) => onRead({ ...readAs, table, start: 'guess' })}
            />
          )}
        </Field>
        <Field label={t('mapper.start')}>
          {(id) => (
            <Choose
              id={id}
              value={mapping.start}
              choices={mapping.starts.map((each) => ({ value: each.id, label: say(each.label) }))}
              onChoose={(chosen) => onRead({ ...readAs, table: undefined, start: chosen })}
            />
          )}
        </Field>
        {mapping.sheets.length > 1 && (
          <Field label={t('mapper.sheet')}>
            {(id) => (
              <Choose
                id={id}
                value={mapping.reading.table}
                choices={mapping.sheets.map((each) => ({ value: each.name, label: each.sheet ?? each.name }))}
                onChoose={(source_table) => onRead({ source_table })}
              />
            )}
          </Field>
        )}
      </div>
      {mapping.saved_as !== null && (
        <p className="map-quiet">{t('mapper.saved_as', { name: mapping.saved_as })}</p>
      )}
      {start !== undefined && start.missing.length > 0 && (
        <p className="map-warning" role="status">
          {t('mapper.start_misses', { columns: start.missing.join(', ') })}
        </p>
      )}
    </>
  )
}
