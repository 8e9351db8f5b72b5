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

/** Columns that leave no figure alone on its row. */
export function kpiColumns(nItems: number): number {
  const nRows = Math.ceil(nItems / MAX_COLUMNS)
  return Math.max(1, Math.ceil(nItems / nRows))
}

/** A row of figures. */
export function Kpis(tile: TileProps) {
  const { say } = useWords()
  const { params } = useView()
  return (
    <WithData<KpisData> tile={tile} skeleton={<KpiSkeletons />} isEmpty={(data) => data.items.length === 0}>
      {({ data, isStale }) => (
        <div className={isStale ? 'kpis-tile is-stale' : 'kpis-tile'} aria-busy={isStale}>
          {tile.spec.title !== null && <h2 className="kpis-title">{say(tile.spec.title)}</h2>}
          <NoteStrip notes={notesOf(data)} />
          <ul className="kpis" style={{ '--kpi-columns': kpiColumns(data.items.length) } as CSSProperties}>
            {data.items.map((item) => (
              <KpiCard key={item.metric} item={item} currency={data.currency} compare={compareOf(params)} />
            ))}
          </ul>
        </div>
      )}
    </WithData>
  )
}
