import type { Location } from 'react-router'
import { RowsPanel } from '../RowsPanel/RowsPanel'
import { SourcePanel } from '../SourcePanel/SourcePanel'
import './DrillPage.css'

/** A drill target opened by its address alone, without a page under it. */
export default function DrillPage({ location }: { location: Location }) {
  if (location.pathname.startsWith('/rows')) return <RowsPanel location={location} />
  return (
    <div className="card drill-page">
      <SourcePanel location={location} />
    </div>
  )
}
