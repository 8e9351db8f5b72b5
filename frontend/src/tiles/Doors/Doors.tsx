import { ApiOutlined } from '@ant-design/icons'
import type { Door, DoorsData } from '../../api/types'
import { useTileData } from '../../api/queries'
import { useWords } from '../../settings/SettingsProvider'
import { DropZone } from '../../uploads/DropZone/DropZone'
import { UploadList } from '../../uploads/UploadList/UploadList'
import type { TileProps } from '../Tile/Tile'
import { DemoDoor } from './DemoDoor'
import './Doors.css'

/** An empty shop: three ways in, and no form before the first figure. */
export default function Doors({ spec }: TileProps) {
  const { t, say } = useWords()
  // The doors stand whether or not the server has more to say about them.
  const { data } = useTileData<DoorsData>(spec.source, spec.source !== '')
  const doorOf = (id: Door['id']) => data?.items.find((door) => door.id === id)
  const connect = doorOf('connect')
  return (
    <div className="doors">
      <header className="doors-head">
        <h2>{t('doors.title')}</h2>
        <p>{t('doors.lead')}</p>
      </header>
      <section className="card door door-drop">
        <h2>{t('doors.drop')}</h2>
        <p>{say(doorOf('drop')?.text) || t('doors.drop_text')}</p>
        <DropZone isLarge />
        <UploadList />
      </section>
      <div className="doors-side">
        <DemoDoor door={doorOf('demo')} />
        <section className="card door">
          <ApiOutlined aria-hidden />
          <h2>{t('doors.connect')}</h2>
          <p>{t('doors.connect_text')}</p>
          {connect?.available !== true && <span className="tag">{t('doors.soon')}</span>}
        </section>
      </div>
    </div>
  )
}
