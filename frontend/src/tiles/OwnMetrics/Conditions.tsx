import { Button, Input, Select } from 'antd'
import type { OwnMetricList } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import { OPERATORS, rowsOf, type Condition, type OwnDraft } from './draft'

interface ConditionsProps {
  draft: OwnDraft
  choices: OwnMetricList
  wrong: string
  onChange: (where: Condition[]) => void
}

/** What must be true of a row to count; all of them hold. */
export function Conditions({ draft, choices, wrong, onChange }: ConditionsProps) {
  const { t, say } = useWords()
  const fields = choices.fields[rowsOf(choices.choices, draft.of) ?? ''] ?? []
  const put = (at: number, part: Partial<Condition>) =>
    onChange(draft.where.map((each, place) => (place === at ? { ...each, ...part } : each)))
  return (
    <div className="own-lines">
      {draft.where.map((each, at) => {
        const isWrong = (part: string) => wrong === `where.${at}.${part}` || wrong === `where.${at}`
        return (
          <div key={at} className="own-line">
            <Field label={t('own.field')} isWrong={isWrong('field')}>
              <Select
                value={each.field}
                aria-label={t('own.field')}
                showSearch={{ optionFilterProp: 'label' }}
                options={fields.map(({ name, label }) => ({
                  value: name,
                  label: say(label).toLowerCase() === name ? say(label) : `${say(label)} ${name}`,
                }))}
                onChange={(field) => put(at, { field })}
              />
            </Field>
            <Field label={t('own.operator')} isWrong={isWrong('is')}>
              <Select
                value={each.is}
                aria-label={t('own.operator')}
                options={OPERATORS.map((value) => ({ value, label: value }))}
                onChange={(is) => put(at, { is })}
              />
            </Field>
            <Field label={t('own.value')} isWrong={isWrong('value')}>
              <Input value={each.value} onChange={(event) => put(at, { value: event.target.value })} />
            </Field>
            <Button
              size="small"
              disabled={draft.where.length === 1}
              aria-label={t('own.drop', { n: at + 1 })}
              onClick={() => onChange(draft.where.filter((_, place) => place !== at))}
            >
              ×
            </Button>
          </div>
        )
      })}
      <Button
        size="small"
        onClick={() => onChange([...draft.where, { field: 'province', is: '=', value: '' }])}
      >
        {t('own.add_condition')}
      </Button>
    </div>
  )
}
