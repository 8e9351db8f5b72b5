import { Button, Switch } from 'antd'
import type { RuleLine } from '../../api/types'
import { timeText } from '../../format/date'
import { originKey } from '../Alerts/words'
import { useWords } from '../../settings/SettingsProvider'
import { Severity } from '../Alerts/AlertItem'
import '../Alerts/Alerts.css'

interface RuleItemProps {
  rule: RuleLine
  onSwitch: (isOn: boolean) => void
  onEdit: () => void
  onForget: () => void
}

/** One rule: what it looks for, whose it is, how often it fired. */
export function RuleItem({ rule, onSwitch, onEdit, onForget }: RuleItemProps) {
  const { t, say } = useWords()
  const name = say(rule.title)
  return (
    <li className="rule">
      <Switch
        size="small"
        checked={rule.is_on}
        disabled={rule.error !== null}
        aria-label={t('rules.on', { name })}
        onChange={onSwitch}
      />
      <div className="alert-main">
        <p>
          <b>{name}</b>
        </p>
        {rule.error !== null && <p className="rule-error">{rule.error.split('\n')[0]}</p>}
        <p className="alert-small">
          <code>{rule.name}</code>
          <span>{t(originKey(rule.origin))}</span>
          <span>{t('alerts.owner', { name: say(rule.owner) })}</span>
          <span>{t('rules.raised', { n: rule.n_alerts })}</span>
          {rule.muted_until !== null && <span>{t('rules.muted', { time: timeText(rule.muted_until) })}</span>}
        </p>
      </div>
      <Severity severity={rule.severity} />
      <span className="rule-buttons">
        {rule.document !== null && (
          <Button size="small" onClick={onEdit}>
            {t('rules.edit')}
          </Button>
        )}
        {rule.origin !== 'built_in' && (
          <Button size="small" onClick={onForget}>
            {t(rule.origin === 'own' ? 'rules.delete' : 'rules.forget')}
          </Button>
        )}
      </span>
    </li>
  )
}
