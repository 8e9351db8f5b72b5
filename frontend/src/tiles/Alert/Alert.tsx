import type { AlertPage } from '../../api/types'
import { Go } from '../../app/navigation'
import { timeText } from '../../format/date'
import { fullText } from '../../format/value'
import { outcomeKey, standingKey, stepKey } from '../Alerts/words'
import { useWords } from '../../settings/SettingsProvider'
import { AlertItem, Severity, Stake } from '../Alerts/AlertItem'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import { AlertActions } from './AlertActions'
import { explainHref } from './explainHref'
import '../Alerts/Alerts.css'
import './Alert.css'

/** One alert: what it is, what to look at first, why, whether the data can be believed, and what was done. */
export default function Alert(tile: TileProps) {
  const { t, say } = useWords()
  return (
    <WithData<AlertPage> tile={tile}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(data.alert.title)}
          isStale={isStale}
          actions={<Go href="/alerts">{t('alerts.all')}</Go>}
        >
          <div className="alert-head">
            <div className="alert-facts">
              <p className="alert-tags">
                <Severity severity={data.alert.severity} />
                <span className="alert-state">{t(`alerts.state.${data.alert.state}`)}</span>
                <span className="alert-small">
                  <span>{t(standingKey(data.alert.standing))}</span>
                  <span>{t('alerts.owner', { name: say(data.alert.owner) })}</span>
                </span>
              </p>
              <p className="alert-sentence">{say(data.alert.sentence)}</p>
            </div>
            <Stake alert={data.alert} />
          </div>
          {data.cause !== null && (
            <div className="alert-part">
              <h3>{t('alerts.told_under')}</h3>
              <ul>
                <AlertItem alert={data.cause} />
              </ul>
            </div>
          )}
          <AlertActions page={data} />
          <AlertReasons page={data} />
          <AlertStory page={data} />
        </TileFrame>
      )}
    </WithData>
  )
}

/** Doubts first, then what to look at, then causes: nothing is proposed before the data stands. */
function AlertReasons({ page }: { page: AlertPage }) {
  const { lang, t, say } = useWords()
  const { alert } = page
  return (
    <>
      {page.doubts.length > 0 && (
        <div className="alert-part is-doubt">
          <h3>{t('alerts.doubts')}</h3>
          <ul className="alert-points">
            {page.doubts.map((doubt) => (
              <li key={doubt.check}>
                {say(doubt.label)}: {say(doubt.text)}
              </li>
            ))}
          </ul>
          <Go href="/data/quality">{t('alerts.open_quality')}</Go>
        </div>
      )}
      {page.checks.length > 0 && (
        <div className="alert-part">
          <h3>{t('alerts.checks')}</h3>
          <ul className="alert-points">
            {page.checks.map((text) => (
              <li key={text.en}>{say(text)}</li>
            ))}
          </ul>
        </div>
      )}
      {page.causes.length > 0 && (
        <div className="alert-part">
          <h3>{t('alerts.causes')}</h3>
          <ul className="alert-points">
            {page.causes.map((text) => (
              <li key={text.en}>{say(text)}</li>
            ))}
          </ul>
        </div>
      )}
      {page.segments.length > 0 && (
        <div className="alert-part">
          <h3>{t('alerts.segments')}</h3>
          <ul className="alert-points">
            {page.segments.map((segment) => (
              <li key={segment.label.en}>
                {say(segment.label)}{' '}
                <b className="digits">{fullText(segment.amount, unitOf(alert.unit), alert.currency, lang)}</b>
                {segment.share !== null && (
                  <span className="alert-small-inline">
                    {t('alerts.share', { share: `${Math.round(segment.share * 100)}%` })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {page.explain !== null && (
        <p className="alert-part">
          <Go href={explainHref(page.explain)}>{t('alerts.explain')}</Go>
        </p>
      )}
    </>
  )
}

function unitOf(unit: string | null) {
  return unit === 'money' || unit === 'ratio' || unit === 'days' || unit === 'hours' || unit === 'minutes'
    ? unit
    : 'count'
}

/** What shares its cause, and everything that happened to it. */
function AlertStory({ page }: { page: AlertPage }) {
  const { t } = useWords()
  return (
    <>
      {page.under.length > 0 && (
        <div className="alert-part">
          <h3>{t('alerts.same_cause')}</h3>
          <ul>
            {page.under.map((alert) => (
              <AlertItem key={alert.id} alert={alert} />
            ))}
          </ul>
        </div>
      )}
      <div className="alert-part">
        <h3>{t('alerts.steps')}</h3>
        <ol className="alert-steps">
          {page.steps.map((step, at) => (
            <li key={at}>
              <span className="digits">{timeText(step.at)}</span>
              <b>{t(stepKey(step.what))}</b>
              {step.what === 'resolved' && page.alert.outcome !== null && (
                <span>{t(outcomeKey(page.alert.outcome))}</span>
              )}
              <span>{step.note}</span>
            </li>
          ))}
        </ol>
      </div>
    </>
  )
}
