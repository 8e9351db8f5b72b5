import { Pagination } from 'antd'
import { useMemo, useState, type ReactNode } from 'react'
import type { Column, Row } from '../../api/types'
import { countText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { sortRows, type Sorting } from '../cells'
import { ColumnChoice } from './ColumnChoice'
import { TableBody, TableTotal } from './TableBody'
import { TableHead } from './TableHead'
import './DataTable.css'

export const ROWS_PER_PAGE = 50
/** Fewer columns than this all fit, so there is nothing to choose. */
const CHOICE_FROM = 5

/** Paging and sorting done by the server; without it the table pages and sorts by itself. */
export interface ServedTable {
  page: number
  pages: number
  nRows: number
  sorting: Sorting | null
  onPage: (page: number) => void
  onSort: (sorting: Sorting) => void
}

export interface DataTableProps {
  name: string
  columns: readonly Column[]
  rows: readonly Row[]
  total?: Row | null
  currency?: string | null
  server?: ServedTable
  foot?: ReactNode
  maxHeight?: number | string
}

/** Rows with sticky head, sorting, paging, column choice and a totals row. */
export function DataTable({
  name,
  columns,
  rows,
  total,
  currency,
  server,
  foot,
  maxHeight = 560,
}: DataTableProps) {
  const { lang, t } = useWords()
  const [ownSorting, setOwnSorting] = useState<Sorting | null>(null)
  const [ownPage, setOwnPage] = useState(1)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const served = server !== undefined && server.pages > 1 ? server : null
  const sorting = served === null ? ownSorting : served.sorting
  const sorted = useMemo(() => {
    const column = columns.find((each) => each.key === ownSorting?.key)
    return column === undefined ? rows : sortRows(rows, column, ownSorting?.isDescending ?? false, lang)
  }, [columns, lang, ownSorting, rows])
  const nPages = served?.pages ?? Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE))
  const page = served?.page ?? Math.min(ownPage, nPages)
  const onScreen = served !== null ? rows : sorted.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE)
  const visible = columns.filter((column) => !hidden.has(column.key))
  const hasLinks = rows.some((row) => Boolean(row._href))
  const sortBy = (key: string) => {
    const next = { key, isDescending: sorting?.key === key ? !sorting.isDescending : true }
    if (served !== null) served.onSort(next)
    else setOwnSorting(next)
  }
  const shared = { columns: visible, currency, hasLinks }
  return (
    <div className="data-table">
      <div className="data-table-scroll" style={{ maxHeight }} tabIndex={0} role="region" aria-label={name}>
        <table>
          <TableHead
            columns={visible}
            sorting={sorting}
            canSort={(column) => served === null || column.sortable === true}
            onSort={sortBy}
            hasLinks={hasLinks}
          />
          <TableBody {...shared} rows={onScreen} />
          {total && <TableTotal {...shared} total={total} />}
        </table>
      </div>
      <div className="data-table-foot">
        <span className="data-table-count">
          {t('table.n_rows', { n: countText(server?.nRows ?? rows.length) })}
        </span>
        {columns.length >= CHOICE_FROM && (
          <ColumnChoice columns={columns} hidden={hidden} onChange={setHidden} />
        )}
        {foot}
        {nPages > 1 && (
          <Pagination
            size="small"
            current={page}
            total={nPages}
            pageSize={1}
            showSizeChanger={false}
            onChange={served?.onPage ?? setOwnPage}
          />
        )}
      </div>
    </div>
  )
}
