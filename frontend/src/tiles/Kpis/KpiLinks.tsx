import type { KpiItem } from '../../api/types'
import { Go } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import { PinButton } from './PinButton'

/** Where a figure leads beside its own page: alerts that wait, the rows it is computed from, the cockpit. */
export function KpiLinks({ item }: { item: KpiItem }) {
  const { t, say } = useWords()
  if (item.alerts_href === null && item.rows_href === null && item.is_pinned === null) return null
  return (
    <div className="kpi-links">
      {item.alerts_href !== null && (
        <Go href={item.alerts_href} className="kpi-alerts">
          {t('kpi.alerts', { n: item.n_alerts })}
        </Go>
      )}
      {item.rows_href !== null && (
        <Go href={item.rows_href} label={t('kpi.rows_of', { name: say(item.label) })}>
          {t('kpi.rows')}
        </Go>
      )}
      {item.is_pinned !== null && <PinButton item={item} />}
    </div>
  )
}
