import { Skeleton } from 'antd'
import type { SentenceData } from '../../api/types'
import { NoteStrip } from '../../page/States/States'
import { DoubtMark } from '../../quality/DoubtMark/DoubtMark'
import { useTileDoubts } from '../../quality/doubts'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData, notesOf } from '../Tile/WithData'
import './Sentence.css'

// Money, percentages and long numbers inside the running text are set in the digit face; days and ranks are not.
const FIGURES =
  /([-−+]?[¥£$€]\d[\d,]*(?:\.\d+)?[KMB]?|[-−+]?\d[\d,]*(?:\.\d+)?%|\d{1,3}(?:,\d{3})+(?:\.\d+)?)/

/** Stands at the end of the sentence whose sources fail a check. */
function SentenceMark() {
  const { t } = useWords()
  return <DoubtMark doubts={useTileDoubts()} name={t('quality.sentence')} />
}

/** What the page says, in one sentence with its figures. */
export function Sentence(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<SentenceData>
      tile={tile}
      skeleton={<Skeleton active title={false} paragraph={{ rows: 1 }} className="sentence-skeleton" />}
    >
      {({ data, isStale }) => (
        <div className="sentence" aria-busy={isStale}>
          <p>
            {say(data.text)
              .split(FIGURES)
              .map((part, index) =>
                index % 2 === 1 ? (
                  <b key={index} className="digits">
                    {part}
                  </b>
                ) : (
                  part
                ),
              )}
            <SentenceMark />
          </p>
          <NoteStrip notes={notesOf(data)} />
        </div>
      )}
    </WithData>
  )
}
