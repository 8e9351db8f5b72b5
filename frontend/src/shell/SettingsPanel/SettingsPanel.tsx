import { Segmented } from 'antd'
import { useId } from 'react'
import { useSettings, useWords } from '../../settings/SettingsProvider'
import { updownOf, type Settings } from '../../settings/settings'
import { OWN_NAMES } from '../languages'
import './SettingsPanel.css'

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const id = useId()
  return (
    <div className="settings-line">
      <span id={id}>{label}</span>
      <Segmented<T> aria-labelledby={id} value={value} options={options} onChange={onChange} />
    </div>
  )
}

/** Language, appearance and what the colours mean. */
export function SettingsPanel() {
  const { t } = useWords()
  const { settings, change } = useSettings()
  return (
    <div className="settings-panel">
      <Choice<Settings['lang']>
        label={t('settings.language')}
        value={settings.lang}
        onChange={(lang) => change({ lang })}
        options={[
          { value: 'zh', label: OWN_NAMES.zh },
          { value: 'en', label: OWN_NAMES.en },
        ]}
      />
      <Choice<Settings['theme']>
        label={t('settings.theme')}
        value={settings.theme}
        onChange={(theme) => change({ theme })}
        options={[
          { value: 'light', label: t('settings.light') },
          { value: 'dark', label: t('settings.dark') },
        ]}
      />
      <Choice<'red-up' | 'green-up'>
        label={t('settings.updown')}
        value={updownOf(settings)}
        onChange={(updown) => change({ updown })}
        options={[
          { value: 'red-up', label: t('settings.red_up') },
          { value: 'green-up', label: t('settings.green_up') },
        ]}
      />
      <Choice<Settings['colourBy']>
        label={t('settings.colour_by')}
        value={settings.colourBy}
        onChange={(colourBy) => change({ colourBy })}
        options={[
          { value: 'outcome', label: t('settings.by_outcome') },
          { value: 'direction', label: t('settings.by_direction') },
        ]}
      />
      <p className="settings-note">{t('settings.colour_note')}</p>
    </div>
  )
}
