import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import type { QuarantineRow } from '../../api/types'
import { countText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'

interface QuarantineLineProps {
  row: QuarantineRow
  isChosen: boolean
  values: Record<string, string>
  onChoose: (isChosen: boolean) => void
  onEdit: (header: string, value: string) => void
}

/** One refused row: reason and place in words; its cells open for editing. */
export function QuarantineLine({ row, isChosen, values, onChoose, onEdit }: QuarantineLineProps) {
  const { t, say } = useWords()
  const [isOpen, setOpen] = useState(false)
  const nChanged = Object.keys(values).length
  return (
    <li className="quarantine-row">
      <Checkbox
        checked={isChosen}
        onChange={(event) => onChoose(event.target.checked)}
        aria-label={t('table.select_row', { n: row.row })}
      />
      <div className="quarantine-main">
        <p>
          <b>{say(row.reason)}</b> <span className="quarantine-next">{say(row.next)}</span>
        </p>
        <p className="quarantine-where">
          <span>{t('quarantine.where', { file: row.file, row: countText(row.row) })}</span>
          {row.column !== null && (
            <span>
              {row.column}:{' '}
              <code>{row.value === null || row.value === '' ? t('quarantine.no_value') : row.value}</code>
            </span>
          )}
          {nChanged > 0 && (
            <span className="quarantine-changed">{t('quarantine.changed', { n: nChanged })}</span>
          )}
        </p>
        {isOpen && (
          <div className="quarantine-cells">
            {row.cells.map((cell) => (
              <label key={cell.header} className={cell.header === row.column ? 'is-cause' : undefined}>
                <span>{cell.header}</span>
                <Input
                  size="small"
                  value={values[cell.header] ?? cell.value ?? ''}
                  aria-label={t('quarantine.cell', { header: cell.header })}
                  onChange={(event) => onEdit(cell.header, event.target.value)}
                />
              </label>
            ))}
          </div>
        )}
      </div>
      <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'quarantine.done_edit' : 'quarantine.edit')}
      </Button>
    </li>
  )
}
