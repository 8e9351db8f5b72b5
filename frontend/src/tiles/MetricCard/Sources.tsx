import type { SourceState } from '../../api/types'
import { timeText } from '../../format/date'
import { useWords } from '../../settings/SettingsProvider'

/** Where the numbers come from: each source, how far it reaches, when it was loaded, how its checks stand. */
export function Sources({ sources }: { sources: readonly SourceState[] }) {
  const { t, say } = useWords()
  if (sources.length === 0) return null
  return (
    <section className="metric-sources">
      <h3>{t('card.sources')}</h3>
      <ul>
        {sources.map((source) => (
          <li key={source.table}>
            <span className={`quality-state is-${source.status}`}>
              {t(`quality.status.${source.status}`)}
            </span>
            <b>{say(source.label)}</b>
            {source.stores.length > 0 && <span>{t('quality.stores', { n: source.stores.length })}</span>}
            {source.until !== null && <span>{t('card.until', { day: source.until })}</span>}
            {source.loaded_at !== null && (
              <span>{t('card.loaded', { time: timeText(source.loaded_at) })}</span>
            )}
            {source.findings.map((text) => (
              <p key={say(text)}>{say(text)}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
