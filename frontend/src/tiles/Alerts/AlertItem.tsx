import type { AlertLine } from '../../api/types'
import { Go } from '../../app/navigation'
import { daysSince } from '../../format/date'
import { fullText, shortText } from '../../format/value'
import { severityKey, standingKey } from './words'
import { useWords } from '../../settings/SettingsProvider'

/** How grave an alert is. */
export function Severity({ severity }: { severity: string }) {
  const { t } = useWords()
  return <span className={`alert-severity is-${severity}`}>{t(severityKey(severity))}</span>
}

/** Money at stake, marked where it is estimated. */
export function Stake({ alert }: { alert: AlertLine }) {
  const { lang, t } = useWords()
  if (alert.money === null) return null
  return (
    <span className="alert-money" title={fullText(alert.money, 'money', alert.currency, lang)}>
      <b className="digits">{shortText(alert.money, 'money', alert.currency, lang)}</b>
      <span className="alert-small">
        {t('alerts.stake')}
        {alert.evidence === 'estimated' && ` · ${t('alerts.estimated')}`}
      </span>
    </span>
  )
}

/** One alert in a list: what it is, what is at stake, whose it is, how old. */
export function AlertItem({ alert }: { alert: AlertLine }) {
  const { t, say } = useWords()
  const age = daysSince(alert.raised_at)
  return (
    <li className="alert-item">
      <Severity severity={alert.severity} />
      <div className="alert-main">
        <Go href={alert.href} className="alert-title">
          {say(alert.title)}
        </Go>
        <p>{say(alert.sentence)}</p>
        <p className="alert-small">
          <span>{t('alerts.owner', { name: say(alert.owner) })}</span>
          <span>{age === 0 ? t('alerts.today') : t('alerts.age', { n: age })}</span>
          <span>{t(standingKey(alert.standing))}</span>
          {alert.n_under > 0 && <span>{t('alerts.under', { n: alert.n_under })}</span>}
        </p>
      </div>
      <Stake alert={alert} />
    </li>
  )
}
