import { InputNumber, Select } from 'antd'
import type { Key } from '../../i18n/zh'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from './Field'
import { ASKS, type RuleDraft } from './draft'

interface ConditionFieldsProps {
  when: RuleDraft['when']
  wrong: string
  onChange: (when: RuleDraft['when']) => void
}

/** What the chosen kind of condition asks for. */
export function ConditionFields({ when, wrong, onChange }: ConditionFieldsProps) {
  const { t } = useWords()
  const asks: { numbers: readonly string[]; words: Record<string, readonly string[]> } = ASKS[when.kind] ?? {
    numbers: [],
    words: {},
  }
  return (
    <>
      {asks.numbers.map((name) => (
        <Field
          key={name}
          label={t(`rules.${name}` as Key)}
          isWrong={wrong === `when.${name}` || wrong === 'when'}
        >
          <InputNumber
            value={typeof when[name] === 'number' ? when[name] : null}
            onChange={(value) => onChange({ ...when, [name]: value })}
          />
        </Field>
      ))}
      {Object.entries(asks.words).map(([name, words]) => (
        <Field key={name} label={t(`rules.${name}` as Key)} isWrong={wrong === `when.${name}`}>
          <Select
            value={String(when[name])}
            aria-label={t(`rules.${name}` as Key)}
            options={words.map((value) => ({ value, label: t(`rules.${name}.${value}` as Key) }))}
            onChange={(value) => onChange({ ...when, [name]: value })}
          />
        </Field>
      ))}
    </>
  )
}
