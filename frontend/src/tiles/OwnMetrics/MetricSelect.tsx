import { Select } from 'antd'
import type { MetricPick } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'

interface MetricSelectProps {
  label: string
  value: string
  choices: readonly MetricPick[]
  onChange: (name: string) => void
}

/** A metric to choose, by its label or its name. */
export function MetricSelect({ label, value, choices, onChange }: MetricSelectProps) {
  const { say } = useWords()
  return (
    <Select
      value={value}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      options={choices.map((each) => ({ value: each.name, label: say(each.label) }))}
      onChange={onChange}
    />
  )
}
