import { Input } from 'antd'
import { useId } from 'react'
import type { MapDocument, Mapping } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { Choose, Field } from './Field'
import { withEntry } from './mapDocument'

interface ConstantsProps {
  mapping: Mapping
  document: MapDocument
  onChange: (document: MapDocument) => void
}

/** Platform, store and currency, where the file does not say them row by row. */
export function Constants({ mapping, document, onChange }: ConstantsProps) {
  const { t, say } = useWords()
  const stores = useId()
  const said = document.constants ?? {}
  const say_ = (name: string) => (value: string) => onChange(withEntry(document, 'constants', name, value))
  return (
    <div className="map-fields">
      <Field label={t('mapper.platform')}>
        {(id) => (
          <Choose
            id={id}
            value={said.platform ?? ''}
            choices={mapping.platforms.map(({ name, label }) => ({ value: name, label: say(label) }))}
            none={t('mapper.not_said')}
            onChoose={say_('platform')}
          />
        )}
      </Field>
      <Field label={t('mapper.store')} hint={t('mapper.store_hint')}>
        {(id) => (
          <>
            <Input
              id={id}
              list={stores}
              value={said.shop ?? ''}
              onChange={(event) => say_('shop')(event.target.value)}
            />
            <datalist id={stores}>
              {mapping.stores.map((store) => (
                <option key={store} value={store} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={t('mapper.currency')} hint={t('mapper.currency_hint')}>
        {(id) => (
          <Input
            id={id}
            value={said.currency ?? ''}
            maxLength={3}
            onChange={(event) => say_('currency')(event.target.value.toUpperCase())}
          />
        )}
      </Field>
    </div>
  )
}
