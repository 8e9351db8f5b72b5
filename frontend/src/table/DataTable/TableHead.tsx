import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons'
import type { Column } from '../../api/types'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { useWords } from '../../settings/SettingsProvider'
import { alignOf, type Sorting } from '../cells'

interface TableHeadProps {
  columns: readonly Column[]
  sorting: Sorting | null
  canSort: (column: Column) => boolean
  onSort: (key: string) => void
  hasLinks: boolean
}

export function TableHead({ columns, sorting, canSort, onSort, hasLinks }: TableHeadProps) {
  const { t, say } = useWords()
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const label = say(column.label)
          const isSorted = sorting?.key === column.key
          const order = sorting?.isDescending ? 'descending' : 'ascending'
          return (
            <th
              key={column.key}
              scope="col"
              aria-sort={isSorted ? order : undefined}
              className={`align-${alignOf(column)}`}
              title={say(column.help) || undefined}
            >
              {canSort(column) ? (
                <button
                  type="button"
                  onClick={() => onSort(column.key)}
                  title={t('table.sort', { name: label })}
                >
                  {label}
                  <span className={isSorted ? 'sort-mark is-on' : 'sort-mark'} aria-hidden>
                    {isSorted && order === 'ascending' ? <CaretUpFilled /> : <CaretDownFilled />}
                  </span>
                </button>
              ) : (
                label
              )}
              {column.evidence !== undefined && <EvidenceBadge evidence={column.evidence} />}
            </th>
          )
        })}
        {hasLinks && (
          <th scope="col">
            <span className="sr-only">{t('table.open_row')}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
