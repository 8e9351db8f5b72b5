import { Button, InputNumber } from 'antd'
import type { OwnMetricList } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import { MetricSelect } from './MetricSelect'
import type { OwnDraft, Part } from './draft'

interface PartsProps {
  draft: OwnDraft
  choices: OwnMetricList
  wrong: string
  onChange: (parts: Part[]) => void
}

/** The metrics of a weighted sum, each with its weight. */
export function Parts({ draft, choices, wrong, onChange }: PartsProps) {
  const { t } = useWords()
  const sums = choices.choices.filter(({ is_sum }) => is_sum)
  const put = (at: number, part: Partial<Part>) =>
    onChange(draft.parts.map((each, place) => (place === at ? { ...each, ...part } : each)))
  return (
    <div className="own-lines">
      {draft.parts.map((each, at) => (
        <div key={at} className="own-line is-part">
          <Field label={t('own.part', { n: at + 1 })} isWrong={wrong === `parts.${at}.metric`}>
            <MetricSelect
              label={t('own.part', { n: at + 1 })}
              value={each.metric}
              choices={sums}
              onChange={(metric) => put(at, { metric })}
            />
          </Field>
          <Field label={t('own.weight', { n: at + 1 })} isWrong={wrong === `parts.${at}.weight`}>
            <InputNumber value={each.weight} onChange={(weight) => put(at, { weight })} />
          </Field>
          <Button
            size="small"
            disabled={draft.parts.length === 1}
            aria-label={t('own.drop', { n: at + 1 })}
            onClick={() => onChange(draft.parts.filter((_, place) => place !== at))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...draft.parts, { metric: 'orders_paid', weight: 1 }])}>
        {t('own.add_part')}
      </Button>
    </div>
  )
}
