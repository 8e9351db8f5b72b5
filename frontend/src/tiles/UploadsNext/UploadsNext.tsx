import type { UploadsNextData } from '../../api/types'
import { Go } from '../../app/navigation'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import './UploadsNext.css'

/** Which files to bring next, and where the platform keeps them. */
export default function UploadsNext(tile: TileProps) {
  const { t, say } = useWords()
  return (
    <WithData<UploadsNextData> tile={tile} isEmpty={(data) => data.items.length === 0 && !data.text}>
      {({ data, isStale }) => (
        <TileFrame title={say(tile.spec.title)} help={say(tile.spec.help)} isStale={isStale}>
          <NoteStrip notes={[data.text, ...notesOf(data)]} />
          <ol className="next-uploads">
            {data.items.map((item, index) => (
              <li key={index}>
                <p className="next-title">
                  {item.platform && <span className="tag">{say(item.platform)}</span>} {say(item.title)}
                </p>
                <p>
                  <span className="next-term">{t('next.menu')}</span> {say(item.menu)}
                </p>
                {item.gives && (
                  <p>
                    <span className="next-term">{t('next.gives')}</span> {say(item.gives)}
                  </p>
                )}
              </li>
            ))}
          </ol>
          <Go href="/data">{t('state.to_data')}</Go>
        </TileFrame>
      )}
    </WithData>
  )
}
