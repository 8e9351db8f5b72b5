import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import type { Leaf } from './draft'

type Mode = 'ever' | 'last' | 'between'
const MODES: readonly Mode[] = ['ever', 'last', 'between']

interface WindowFieldsProps {
  leaf: Leaf
  onChange: (part: Partial<Leaf>) => void
}

/** Which days count: all, the last so many, or those between two. */
export function WindowFields({ leaf, onChange }: WindowFieldsProps) {
  const { t } = useWords()
  const [mode, setMode] = useState<Mode>(
    leaf.last_days != null ? 'last' : leaf.date_from != null || leaf.date_to != null ? 'between' : 'ever',
  )
  const choose = (found: Mode) => {
    setMode(found)
    onChange({ last_days: found === 'last' ? 90 : null, date_from: null, date_to: null })
  }
  const day = (key: 'date_from' | 'date_to', label: string) => (
    <Field label={label} isWrong={false}>
      <Input
        type="date"
        value={leaf[key] ?? ''}
        onChange={(event) => onChange({ [key]: event.target.value || null })}
      />
    </Field>
  )
  return (
    <>
      <Field label={t('aud.window')} isWrong={false}>
        <Select
          value={mode}
          aria-label={t('aud.window')}
          options={MODES.map((value) => ({ value, label: t(`aud.window.${value}`) }))}
          onChange={choose}
        />
      </Field>
      {mode === 'last' && (
        <Field label={t('aud.last_days')} isWrong={false}>
          <InputNumber
            min={1}
            max={3650}
            value={leaf.last_days ?? null}
            aria-label={t('aud.last_days')}
            onChange={(found) => onChange({ last_days: found })}
          />
        </Field>
      )}
      {mode === 'between' && (
        <>
          {day('date_from', t('aud.from'))}
          {day('date_to', t('aud.to'))}
        </>
      )}
    </>
  )
}
