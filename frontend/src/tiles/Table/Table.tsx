import { useState } from 'react'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'
import type { TableData } from '../../api/types'
import type { Sorting } from '../../table/cells'
import { TableCard } from '../../table/TableCard/TableCard'
import { useWords } from '../../settings/SettingsProvider'

const HEIGHTS = { s: 260, m: 420, l: 640 }
// Head and foot stay on screen together, so that the sticky head is of use.
const FULL_HEIGHT = 'max(420px, calc(100vh - 170px))'

/** Rows; the server pages and sorts when there is more than one page. */
export default function Table(tile: TileProps) {
  const { say } = useWords()
  const [page, setPage] = useState(1)
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const extra = {
    page: page > 1 ? page : null,
    sort: sorting === null ? null : `${sorting.isDescending ? '-' : ''}${sorting.key}`,
  }
  return (
    <WithData<TableData> tile={tile} extra={extra} isEmpty={(data) => data.rows.length === 0 && page === 1}>
      {({ data, isStale }) => (
        <TableCard
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          data={data}
          isStale={isStale}
          routeParams={tile.routeParams}
          sorting={sorting}
          onPage={setPage}
          onSort={(next) => {
            setSorting(next)
            setPage(1)
          }}
          maxHeight={tile.height === null ? FULL_HEIGHT : HEIGHTS[tile.height]}
        />
      )}
    </WithData>
  )
}
