import { Skeleton } from 'antd'
import { useMetric } from '../../api/queries'
import type { KpiItem } from '../../api/types'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { GoalField } from './GoalField'

/** Definition, parts, full digits and freshness of a figure. */
export function KpiAbout({ item, currency }: { item: KpiItem; currency: string | null }) {
  const { lang, t, say } = useWords()
  // A figure without a page of its own has no definition in the catalogue.
  const metric = useMetric(item.metric, item.href !== null)
  const lines: [string, string][] = [
    [t('kpi.full'), fullText(item.value, item.unit, currency, lang)],
    [t('kpi.numerator'), say(item.numerator)],
    [t('kpi.definition'), say(metric.data?.definition)],
    [t('kpi.formula'), say(metric.data?.formula)],
    [t('kpi.freshness'), metric.data?.freshness ?? ''],
  ]
  return (
    <div className="kpi-about">
      {item.warning !== null && <p className="kpi-about-warning">{say(item.warning)}</p>}
      <dl>
        {lines
          .filter(([, text]) => text !== '')
          .map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
      {item.is_pinned !== null && <GoalField metric={item.metric} goal={item.goal} />}
      {metric.isLoading && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {item.evidence !== 'counted' && (
        <p className="kpi-about-evidence">
          <EvidenceBadge evidence={item.evidence} /> {t(`evidence.${item.evidence}_help`)}
        </p>
      )}
    </div>
  )
}
