import type { Evidence } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import './EvidenceBadge.css'

/** How a number is known, shown on everything that is not plain counting. */
export function EvidenceBadge({ evidence }: { evidence: Evidence }) {
  const { t } = useWords()
  if (evidence === 'counted') return null
  return (
    <span className="evidence" title={t(`evidence.${evidence}_help`)}>
      {t(`evidence.${evidence}`)}
    </span>
  )
}
