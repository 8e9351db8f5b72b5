import type { MapPreview } from '../../api/types'
import { countText, fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'

type Column = MapPreview['columns'][number]
type Cell = MapPreview['rows'][number]['cells'][number]

const RIGHT = new Set(['money', 'count', 'ratio'])

/** The first rows as the ledger would hold them; a cell that cannot be read stands as the file writes it. */
export function PreviewTable({ preview }: { preview: MapPreview }) {
  const { t, say } = useWords()
  if (preview.columns.length === 0) return <p className="map-none">{t('mapper.preview_none')}</p>
  return (
    <div className="map-scroll" tabIndex={0} role="group" aria-label={t('mapper.preview')}>
      <table className="map-table map-preview">
        <thead>
          <tr>
            <th scope="col">{t('mapper.preview_row')}</th>
            {preview.columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={RIGHT.has(column.unit) ? 'align-right' : undefined}
              >
                {say(column.label)}
                {column.header !== null && <span className="map-quiet">{column.header}</span>}
                <Marks column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.row}>
              <th scope="row" className="digits">
                {row.row}
              </th>
              {row.cells.map((cell, place) => {
                const column = preview.columns[place]
                return column === undefined ? null : (
                  <TypedCell key={column.name} cell={cell} column={column} preview={preview} />
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Marks({ column }: { column: Column }) {
  const { t } = useWords()
  return (
    <>
      {column.n_faults > 0 && (
        <span className="map-bad">{t('mapper.preview_faults', { n: countText(column.n_faults) })}</span>
      )}
      {column.n_blank > 0 && (
        <span className="map-quiet">{t('mapper.preview_blank', { n: countText(column.n_blank) })}</span>
      )}
    </>
  )
}

function TypedCell({ cell, column, preview }: { cell: Cell; column: Column; preview: MapPreview }) {
  const { lang, t, say } = useWords()
  if (cell.rule !== null) {
    return (
      <td className="is-bad" title={say(cell.rule)}>
        {cell.raw ?? ''}
        <span className="map-bad">{say(cell.rule)}</span>
      </td>
    )
  }
  const words = preview.words.find(({ name }) => name === column.name)
  const meaning = words?.choices.find(({ name }) => name === cell.value)
  const text =
    typeof cell.value === 'number'
      ? column.unit === 'money'
        ? fullText(cell.value, 'money', preview.currency, lang)
        : countText(cell.value)
      : meaning !== undefined
        ? say(meaning.label)
        : (cell.value ?? '')
  return (
    <td
      className={RIGHT.has(column.unit) ? 'align-right digits' : undefined}
      title={cell.raw === null ? undefined : t('mapper.raw', { raw: cell.raw })}
    >
      {text}
    </td>
  )
}
