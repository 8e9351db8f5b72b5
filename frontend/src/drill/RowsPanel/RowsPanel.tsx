import { Skeleton } from 'antd'
import { useState } from 'react'
import type { Location } from 'react-router'
import { useTileData } from '../../api/queries'
import type { TableData } from '../../api/types'
import { EmptyState, ErrorState } from '../../page/States/States'
import type { Sorting } from '../../table/cells'
import { TableCard } from '../../table/TableCard/TableCard'

/** The rows behind a figure; each opens its line in the source file. */
export function RowsPanel({ location }: { location: Location }) {
  const [page, setPage] = useState(1)
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const params = new URLSearchParams(location.search)
  if (page > 1) params.set('page', String(page))
  if (sorting !== null) params.set('sort', `${sorting.isDescending ? '-' : ''}${sorting.key}`)
  const { data, error, isPlaceholderData, refetch } = useTileData<TableData>(
    `/api/v1/rows?${params.toString()}`,
  )
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton active paragraph={{ rows: 10 }} />
  if (data.rows.length === 0) return <EmptyState text={data.empty} toData={false} />
  return (
    <TableCard
      title=""
      data={data}
      isStale={isPlaceholderData}
      routeParams={{}}
      sorting={sorting}
      onPage={setPage}
      onSort={(next) => {
        setSorting(next)
        setPage(1)
      }}
      maxHeight={2000}
    />
  )
}
