import { Drawer } from 'antd'
import type { Location } from 'react-router'
import { useView } from '../../app/navigation'
import { usePhone } from '../../app/usePhone'
import { useWords } from '../../settings/SettingsProvider'
import { RowsPanel } from '../RowsPanel/RowsPanel'
import { SourcePanel } from '../SourcePanel/SourcePanel'
import './Drawers.css'

const ROWS_WIDTH = 860
const SOURCE_WIDTH = 640

/** Drill targets above the page they were opened from; each is an address, and Back closes it. */
export default function Drawers({ locations }: { locations: Location[] }) {
  const { t } = useWords()
  const { back } = useView()
  const isPhone = usePhone()
  return locations.map((location) => {
    const isRows = location.pathname.startsWith('/rows')
    const width = isRows ? ROWS_WIDTH : SOURCE_WIDTH
    return (
      <Drawer
        key={location.key}
        open
        size={isPhone ? '100%' : width}
        title={t(isRows ? 'drill.rows' : 'drill.source')}
        onClose={back}
        closable={{ 'aria-label': t('drill.close') }}
        className={isRows ? 'drill-rows' : undefined}
      >
        {isRows ? <RowsPanel location={location} /> : <SourcePanel location={location} />}
      </Drawer>
    )
  })
}
