import { useState, type ReactNode } from 'react'
import type { Meta, PageSpec, RowSpec } from '../../api/types'
import { FilterBar } from '../../filters/FilterBar/FilterBar'
import { Tile, type RouteParams } from '../../tiles/Tile/Tile'
import { DoubtStrip } from '../../quality/DoubtStrip/DoubtStrip'
import { PageDoubts } from '../../quality/doubts'
import { useUploads } from '../../uploads/uploadStore'
import { PageActions } from '../PageActions/PageActions'
import { RoomTabs } from '../RoomTabs/RoomTabs'
import { NotFound } from '../States/States'
import { useStart } from './useStart'
import './Page.css'

const DOORS_ROW: RowSpec = {
  height: null,
  tiles: [
    { id: 'doors', kind: 'doors', title: null, help: null, refresh_seconds: null, span: 24, source: '' },
  ],
}

/** An empty shop shows its doors and nothing else; a shop with data shows no doors. */
export function rowsOf(spec: PageSpec, isEmpty: boolean): RowSpec[] {
  const isDoors = (row: RowSpec) => row.tiles.some((tile) => tile.kind === 'doors')
  if (!isEmpty) return spec.rows.filter((row) => !isDoors(row))
  // A page that follows what arrives is how a shop of events alone is watched.
  const isLive = spec.rows.some((row) => row.tiles.some((tile) => Boolean(tile.refresh_seconds)))
  if (spec.room === 'data' || isLive) return spec.rows
  const doors = spec.rows.filter(isDoors)
  return doors.length > 0 ? doors : [DOORS_ROW]
}

const NO_PAGES: PageSpec[] = []

interface PageProps {
  spec: PageSpec
  /** All pages, of which those of the same room stand beside this one. */
  pages?: readonly PageSpec[]
  routeParams: RouteParams
  meta: Meta
}

/** Its children, once the address holds the days that the page opens with. */
function Started({ spec, meta, children }: { spec: PageSpec; meta: Meta; children: ReactNode }) {
  return useStart(spec, meta) ? null : children
}

/** Any page spec: filters, then rows of tiles on a grid of 24. */
export function Page({ spec, pages = NO_PAGES, routeParams, meta }: PageProps) {
  const [beganEmpty] = useState(meta.is_empty)
  const nUploads = useUploads().length
  // The doors stay until the outcome of the first files has been read.
  const isEmpty = meta.is_empty || (beganEmpty && nUploads > 0)
  const rows = rowsOf(spec, isEmpty)
  if (rows.length === 0) return <NotFound room={undefined} />
  return (
    <PageDoubts key={spec.id}>
      <Started spec={spec} meta={meta}>
        {!isEmpty && <RoomTabs pages={pages} current={spec} />}
        {!isEmpty && <FilterBar filters={spec.filters} meta={meta} />}
        {!isEmpty && <PageActions spec={spec} routeParams={routeParams} />}
        <DoubtStrip />
        {rows.map((row, index) => (
          <div className="page-row" key={index} data-height={row.height ?? undefined}>
            {row.tiles.map((tile) => (
              <div
                className={`page-cell page-cell-${tile.kind}`}
                key={tile.id}
                data-tile={tile.id}
                style={{ gridColumn: `span ${tile.span}` }}
              >
                <Tile spec={tile} pageId={spec.id} routeParams={routeParams} height={row.height ?? null} />
              </div>
            ))}
          </div>
        ))}
      </Started>
    </PageDoubts>
  )
}
