import type { CSSProperties } from 'react'
import type { KpisData } from '../../api/types'
import { compareOf } from '../../filters/filters'
import { useView } from '../../app/navigation'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData, notesOf } from '../Tile/WithData'
import { KpiCard } from './KpiCard'
import './Kpis.css'

const MAX_COLUMNS = 7

function KpiSkeletons() {
  const { t } = useWords()
  return (
    <div className="kpis" role="status" aria-label={t('state.loading')}>
      {[0, 1, 2, 3, 4, 5].map((n) => (
        <div key={n} className="card kpi kpi-skeleton" />
      ))}
    </div>
  )
}

/** Columns of the grid and the width of each figure, so that every row is full and none holds a lone figure. */
export function kpiGrid(nItems: number): { columns: number; spans: number[] } {
  const nRows = Math.max(1, Math.ceil(nItems / MAX_COLUMNS))
  const perRow = Math.ceil(nItems / nRows)
  const inLast = nItems - perRow * (nRows - 1)
  const spans = Array.from({ length: nItems }, (_, at) => (at < nItems - inLast ? inLast : perRow))
  return nRows === 1 ? { columns: nItems, spans: spans.map(() => 1) } : { columns: perRow * inLast, spans }
}

/** Custom properties, which the style sheet uses on wide screens only. */
function properties(values: Record<string, number>): CSSProperties {
  return values as CSSProperties
}

/** Figures in a grid. */
export function KpiGrid({ data }: { data: Pick<KpisData, 'items' | 'currency'> }) {
  const { params } = useView()
  const grid = kpiGrid(data.items.length)
  return (
    <ul className="kpis" style={properties({ '--kpi-columns': grid.columns })}>
      {data.items.map((item, at) => (
        <li key={item.metric} className="card kpi" style={properties({ '--kpi-span': grid.spans[at] ?? 1 })}>
          <KpiCard item={item} currency={data.currency} compare={compareOf(params)} />
        </li>
      ))}
    </ul>
  )
}

/** A row of figures. */
export function Kpis(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<KpisData> tile={tile} skeleton={<KpiSkeletons />} isEmpty={(data) => data.items.length === 0}>
      {({ data, isStale }) => {
        return (
          <div className={isStale ? 'kpis-tile is-stale' : 'kpis-tile'} aria-busy={isStale}>
            {tile.spec.title !== null && <h2 className="kpis-title">{say(tile.spec.title)}</h2>}
            <NoteStrip notes={notesOf(data)} />
            <KpiGrid data={data} />
          </div>
        )
      }}
    </WithData>
  )
}
