import { Checkbox, Input, InputNumber } from 'antd'
import type { MapDocument, Mapping, ReadAs } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { Choose, Field } from './Field'
import { withEntry } from './mapDocument'
import { RefundRows } from './RefundRows'

const ENCODINGS = ['utf-8', 'gb18030', 'utf-16', 'big5', 'cp1252', 'shift_jis']
const DELIMITERS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'pipe'],
] as const

interface ReadingOptionsProps {
  mapping: Mapping
  readAs: ReadAs
  document: MapDocument
  onRead: (readAs: ReadAs) => void
  onChange: (document: MapDocument) => void
}

/** How bytes become rows, and how dates, numbers and refunds are written. */
export function ReadingOptions({ mapping, readAs, document, onRead, onChange }: ReadingOptionsProps) {
  const { t } = useWords()
  const options = document.options ?? {}
  const text = (name: string) => String(options[name] ?? '')
  const set = (name: string) => (value: unknown) => onChange(withEntry(document, 'options', name, value))
  const isText = mapping.reading.encoding !== null
  const isSale = document.table === 'orders' || document.table === 'order_lines'
  return (
    <>
      <div className="map-fields">
        {isText && <TextFile readAs={readAs} mapping={mapping} onRead={onRead} />}
        <Field label={t('mapper.header_row')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={10_000}
              value={readAs.header_row ?? mapping.reading.header_row}
              onChange={(row) => onRead({ ...readAs, header_row: row ?? undefined })}
            />
          )}
        </Field>
        <Field label={t('mapper.date_format')} hint={t('mapper.date_format_hint')}>
          {(id) => (
            <Input
              id={id}
              value={text('date_format')}
              onChange={(event) => set('date_format')(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('mapper.timezone')} hint={t('mapper.timezone_hint')}>
          {(id) => (
            <Input
              id={id}
              value={text('timezone')}
              onChange={(event) => set('timezone')(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('mapper.decimal')}>
          {(id) => (
            <Choose
              id={id}
              value={text('decimal') || '.'}
              choices={[
                { value: '.', label: '1,234.50' },
                { value: ',', label: '1.234,50' },
              ]}
              onChoose={(sign) => set('decimal')(sign === '.' ? '' : sign)}
            />
          )}
        </Field>
      </div>
      {document.table === 'order_lines' && (
        <RefundRows mapping={mapping} document={document} onChange={onChange} />
      )}
      {isSale && (
        <div className="map-checks">
          <Checkbox
            checked={options.paid === 'all'}
            onChange={(event) => set('paid')(event.target.checked ? 'all' : '')}
          >
            {t('mapper.paid_all')}
          </Checkbox>
          {document.table === 'order_lines' && (
            <Checkbox
              checked={options.orders_complete === true}
              onChange={(event) => set('orders_complete')(event.target.checked ? true : '')}
            >
              {t('mapper.orders_complete')}
            </Checkbox>
          )}
        </div>
      )}
    </>
  )
}

function TextFile({ readAs, mapping, onRead }: Pick<ReadingOptionsProps, 'readAs' | 'mapping' | 'onRead'>) {
  const { t } = useWords()
  const found = t('mapper.found_out')
  return (
    <>
      <Field label={t('mapper.encoding')}>
        {(id) => (
          <Choose
            id={id}
            value={readAs.encoding ?? ''}
            choices={ENCODINGS.map((encoding) => ({ value: encoding, label: encoding }))}
            none={`${found} (${mapping.reading.encoding ?? ''})`}
            onChoose={(encoding) => onRead({ ...readAs, encoding: encoding || undefined })}
          />
        )}
      </Field>
      <Field label={t('mapper.delimiter')}>
        {(id) => (
          <Choose
            id={id}
            value={readAs.delimiter ?? ''}
            choices={DELIMITERS.map(([sign, name]) => ({
              value: sign,
              label: t(`mapper.delimiter.${name}`),
            }))}
            none={found}
            onChoose={(delimiter) => onRead({ ...readAs, delimiter: delimiter || undefined })}
          />
        )}
      </Field>
    </>
  )
}
