import type { BackTest } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'

/** When a rule would have fired, and how often a week. */
export function BackTestView({ found }: { found: BackTest }) {
  const { t, say } = useWords()
  const rest = found.n_fired - found.fired.length
  return (
    <div className="rule-test" role="status">
      <p>
        <b>{say(found.sentence)}</b>
      </p>
      {found.fired.length > 0 && (
        <ul aria-label={t('rules.fired')} tabIndex={0}>
          {found.fired.map((each, at) => (
            <li key={at}>{say(each.sentence)}</li>
          ))}
        </ul>
      )}
      {rest > 0 && <p>{t('rules.more', { n: rest })}</p>}
    </div>
  )
}
