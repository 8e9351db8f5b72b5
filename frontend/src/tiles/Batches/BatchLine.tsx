import { Button } from 'antd'
import type { Batch } from '../../api/types'
import { timeText } from '../../format/date'
import { useWords } from '../../settings/SettingsProvider'
import { Equation } from '../../uploads/Equation/Equation'
import { Totals } from '../../uploads/FileOutcome/Totals'

/** One file: what it is, when it came, where its rows went. */
export function BatchLine({ batch, onMove }: { batch: Batch; onMove: () => void }) {
  const { t, say } = useWords()
  const covers = batch.date_from && batch.date_to ? `${batch.date_from} – ${batch.date_to}` : ''
  return (
    <li className="batch">
      <div className="batch-head">
        <span className="batch-file">{batch.file}</span>
        {batch.store !== null && <span className="tag">{batch.store}</span>}
        <span className="batch-format">{say(batch.format_label) || batch.format}</span>
        <Button
          size="small"
          className="batch-move"
          onClick={onMove}
          aria-label={`${t('batches.move')}: ${batch.file}`}
        >
          {t('batches.move')}
        </Button>
      </div>
      <Equation equation={batch} />
      <Totals report={batch} />
      <p className="batch-when">
        {covers !== '' && (
          <span>
            {t('batches.covers')} <span className="digits">{covers}</span>
          </span>
        )}
        {batch.loaded_at && (
          <span>
            {t('batches.loaded_at')} <span className="digits">{timeText(batch.loaded_at)}</span>
          </span>
        )}
      </p>
    </li>
  )
}
