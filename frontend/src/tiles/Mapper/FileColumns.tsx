import type { MapColumn, MapDocument, Mapping } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { TileFrame } from '../Tile/TileFrame'
import { usesOf } from './mapDocument'

/** The file's own columns with some of their cells, and what each is used for. */
export function FileColumns({ mapping, document }: { mapping: Mapping; document: MapDocument }) {
  const { t } = useWords()
  const uses = usesOf(document)
  return (
    <TileFrame title={t('mapper.file_columns')} flush>
      <div className="map-scroll" tabIndex={0} role="group" aria-label={t('mapper.file_columns')}>
        <table className="map-table">
          <thead>
            <tr>
              <th scope="col">{t('mapper.file_column')}</th>
              <th scope="col">{t('mapper.samples')}</th>
              <th scope="col">{t('mapper.used_as')}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((column) => (
              <ColumnLine
                key={column.header}
                column={column}
                names={uses.get(column.header) ?? []}
                mapping={mapping}
              />
            ))}
          </tbody>
        </table>
      </div>
    </TileFrame>
  )
}

interface ColumnLineProps {
  column: MapColumn
  names: readonly string[]
  mapping: Mapping
}

function ColumnLine({ column, names, mapping }: ColumnLineProps) {
  const { t, say } = useWords()
  const labelOf = (name: string) => say(mapping.targets.find((each) => each.name === name)?.label) || name
  return (
    <tr className={names.length === 0 ? 'is-unused' : undefined}>
      <th scope="row">{column.header}</th>
      <td className="map-samples">
        {column.samples.length === 0 ? t('mapper.all_blank') : column.samples.join(' · ')}
      </td>
      <td>
        {names.length === 0 ? (
          <span className="map-quiet">{t('mapper.unused')}</span>
        ) : (
          names.map((name) => (
            <span key={name} className="tag">
              {labelOf(name)}
            </span>
          ))
        )}
      </td>
    </tr>
  )
}
