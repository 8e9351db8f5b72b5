import { Button, Checkbox, Popover } from 'antd'
import type { Column } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'

interface ColumnChoiceProps {
  columns: readonly Column[]
  hidden: ReadonlySet<string>
  onChange: (hidden: ReadonlySet<string>) => void
}

/** Which columns to show. The last one cannot be hidden. */
export function ColumnChoice({ columns, hidden, onChange }: ColumnChoiceProps) {
  const { t, say } = useWords()
  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    if (next.size < columns.length) onChange(next)
  }
  const list = (
    <div className="column-choice">
      {columns.map((column) => (
        <Checkbox key={column.key} checked={!hidden.has(column.key)} onChange={() => toggle(column.key)}>
          {say(column.label)}
        </Checkbox>
      ))}
    </div>
  )
  return (
    <Popover content={list} trigger="click" placement="topLeft">
      <Button type="text" size="small">
        {t('table.columns')}
      </Button>
    </Popover>
  )
}
