import { Input } from 'antd'
import type { MapDocument, Mapping } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { Choose, Field } from './Field'
import { withEntry } from './mapDocument'

interface Condition {
  column?: string
  starts_with?: string
}

interface RefundRowsProps {
  mapping: Mapping
  document: MapDocument
  onChange: (document: MapDocument) => void
}

/** Which lines are returns: those with a negative quantity, or those that a column marks. */
export function RefundRows({ mapping, document, onChange }: RefundRowsProps) {
  const { t } = useWords()
  const options = document.options ?? {}
  const condition = (options.refund_when ?? {}) as Condition
  const set = (changed: Condition) => {
    const isSaid = Boolean(changed.column)
    onChange(withEntry(document, 'options', 'refund_when', isSaid ? { starts_with: '', ...changed } : ''))
  }
  return (
    <div className="map-fields">
      <Field label={t('mapper.negative_quantity')}>
        {(id) => (
          <Choose
            id={id}
            value={options.negative_quantity === 'refund' ? 'refund' : 'keep'}
            choices={[
              { value: 'keep', label: t('mapper.negative.keep') },
              { value: 'refund', label: t('mapper.negative.refund') },
            ]}
            onChoose={(what) =>
              onChange(withEntry(document, 'options', 'negative_quantity', what === 'refund' ? what : ''))
            }
          />
        )}
      </Field>
      <Field label={t('mapper.refund_when')}>
        {(id) => (
          <Choose
            id={id}
            value={condition.column ?? ''}
            choices={mapping.columns.map(({ header }) => ({ value: header, label: header }))}
            none={t('mapper.not_said')}
            onChoose={(column) => set({ ...condition, column })}
          />
        )}
      </Field>
      {condition.column !== undefined && (
        <Field label={t('mapper.refund_starts')}>
          {(id) => (
            <Input
              id={id}
              value={condition.starts_with ?? ''}
              onChange={(event) => set({ ...condition, starts_with: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  )
}
