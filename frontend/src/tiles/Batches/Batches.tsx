import { useState } from 'react'
import type { Batch, BatchesData } from '../../api/types'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { BatchLine } from './BatchLine'
import { MoveBatch } from './MoveBatch'
import './Batches.css'

/** Every file that was loaded, with its ledger equation. */
export default function Batches(tile: TileProps) {
  const { t, say } = useWords()
  const [moving, setMoving] = useState<Batch | null>(null)
  const title = say(tile.spec.title)
  return (
    <WithData<BatchesData> tile={tile} isEmpty={(data) => data.rows.length === 0}>
      {({ data, isStale }) => (
        <TileFrame title={title} help={say(tile.spec.help)} isStale={isStale}>
          <NoteStrip notes={notesOf(data)} />
          <ul className="batches" aria-label={title || t('batches.file')}>
            {data.rows.map((batch) => (
              <BatchLine key={batch.id} batch={batch} onMove={() => setMoving(batch)} />
            ))}
          </ul>
          {moving !== null && <MoveBatch batch={moving} onClose={() => setMoving(null)} />}
        </TileFrame>
      )}
    </WithData>
  )
}
