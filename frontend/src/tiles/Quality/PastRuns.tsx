import type { QualityCheck } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'

const SHOWN = 14

/** How a check stood on the last days on which it was run, the newest at the right. */
export function PastRuns({ past }: { past: QualityCheck['past'] }) {
  const { t } = useWords()
  const shown = past.slice(-SHOWN)
  const states = shown
    .map(({ day, status }) => `${day} ${t(`quality.status.${status}`)}`)
    .join(t('quality.joint'))
  return (
    <span className="quality-past" role="img" aria-label={t('quality.past', { states })} title={states}>
      {shown.map(({ day, status }) => (
        <i key={day} className={`is-${status}`} />
      ))}
    </span>
  )
}
