import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useId, useState } from 'react'
import type { Meta } from '../../api/types'
import { useView } from '../../app/navigation'
import { usePhone } from '../../app/usePhone'
import { useWords } from '../../settings/SettingsProvider'
import { dateRange, withRange, type DateRange } from '../filters'
import { PRESETS, latestPromotion, presetOf, presetRange, type Preset, type PresetContext } from '../presets'

const ISO = 'YYYY-MM-DD'

/** Trade presets and dates of one's own. */
export function DateFilter({ meta }: { meta: Meta }) {
  const { t, say } = useWords()
  const { params, setParams } = useView()
  const id = useId()
  const [isOwn, setOwn] = useState(false)
  const range = dateRange(params)
  const context: PresetContext = {
    dataFrom: meta.data_from,
    dataTo: meta.data_to,
    promotions: meta.promotions ?? [],
  }
  const preset = isOwn ? null : presetOf(range, context)
  const offered = PRESETS.filter((each) => presetRange(each, context) !== null)
  const promotion =
    meta.data_to === null ? null : latestPromotion(context.promotions, meta.data_from, meta.data_to)
  const nameOf = (each: Preset) =>
    each === 'promotion' && promotion !== null
      ? `${t('filter.preset.promotion')} · ${say(promotion.name)}`
      : t(`filter.preset.${each}`)
  const choose = (value: Preset | 'custom') => {
    setOwn(value === 'custom')
    const chosen = value === 'custom' ? null : presetRange(value, context)
    if (chosen !== null) setParams(withRange(params, chosen))
    // Dates of one's own start from what is on screen, so that the picker opens near the data.
    else if (range.from === null) setParams(withRange(params, { from: meta.data_from, to: meta.data_to }))
  }
  return (
    <div className="filter filter-date">
      <label htmlFor={id}>{t('filter.date')}</label>
      <Select
        id={id}
        value={preset ?? 'custom'}
        aria-label={t('filter.date')}
        title={meta.data_to === null ? undefined : t('filter.relative', { date: meta.data_to })}
        className="filter-preset"
        options={[
          ...offered.map((value) => ({ value, label: nameOf(value) })),
          { value: 'custom' as const, label: t('filter.preset.custom') },
        ]}
        onChange={choose}
        popupMatchSelectWidth={false}
      />
      <Dates
        range={preset === 'all' ? { from: meta.data_from, to: meta.data_to } : range}
        onChange={(next) => setParams(withRange(params, next))}
      />
    </div>
  )
}

interface DatesProps {
  range: DateRange
  onChange: (range: DateRange) => void
}

function Dates({ range, onChange }: DatesProps) {
  const { t } = useWords()
  const isPhone = usePhone()
  if (isPhone) {
    // The phone's own date wheel beats a two-month panel on a narrow screen.
    return (
      <span className="filter-native">
        <input
          type="date"
          aria-label={t('filter.from')}
          value={range.from ?? ''}
          onChange={(event) => onChange({ ...range, from: event.target.value || null })}
        />
        <span aria-hidden>–</span>
        <input
          type="date"
          aria-label={t('filter.to')}
          value={range.to ?? ''}
          onChange={(event) => onChange({ ...range, to: event.target.value || null })}
        />
      </span>
    )
  }
  return (
    <DatePicker.RangePicker
      className="filter-range"
      value={[range.from === null ? null : dayjs(range.from), range.to === null ? null : dayjs(range.to)]}
      allowEmpty={[true, true]}
      allowClear={false}
      aria-label={t('filter.date')}
      placeholder={[t('filter.from'), t('filter.to')]}
      onChange={(dates) =>
        onChange({ from: dates?.[0]?.format(ISO) ?? null, to: dates?.[1]?.format(ISO) ?? null })
      }
    />
  )
}
