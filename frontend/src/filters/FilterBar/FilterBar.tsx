import { Button, Select, Tag } from 'antd'
import { useId } from 'react'
import type { Choice, Meta } from '../../api/types'
import { useView } from '../../app/navigation'
import { usePhone } from '../../app/usePhone'
import { useWords } from '../../settings/SettingsProvider'
import {
  DIMENSIONS,
  compareOf,
  conditions,
  hasFilters,
  withValues,
  withoutFilters,
  type Compare,
  type Dimension,
} from '../filters'
import { DateFilter } from './DateFilter'
import './FilterBar.css'

const COMPARISONS: Compare[] = ['none', 'previous', 'year']
// A select over so few values needs no search field.
const SEARCH_FROM = 8

function DimensionFilter({ dimension, choices }: { dimension: Dimension; choices: Choice[] }) {
  const { t, say } = useWords()
  const { params, setParams } = useView()
  const id = useId()
  const isPhone = usePhone()
  const values = params.getAll(dimension)
  return (
    <div className="filter">
      <label htmlFor={id}>{t(`filter.${dimension}`)}</label>
      <Select
        id={id}
        mode="multiple"
        allowClear
        value={values}
        placeholder={isPhone ? `${t(`filter.${dimension}`)} · ${t('filter.all')}` : t('filter.all')}
        aria-label={t(`filter.${dimension}`)}
        className="filter-select"
        showSearch={choices.length >= SEARCH_FROM}
        optionFilterProp="label"
        maxTagCount={values.length > 1 ? 0 : 1}
        maxTagPlaceholder={() => t('filter.n_selected', { n: values.length })}
        options={choices.map(({ value, label }) => ({ value, label: say(label) || value }))}
        onChange={(next: string[]) => setParams(withValues(params, dimension, next))}
        popupMatchSelectWidth={false}
      />
    </div>
  )
}

/** Platform, store, channel, dates, comparison: the same on every page, kept in the URL. */
export function FilterBar({ filters, meta }: { filters: readonly string[]; meta: Meta }) {
  const { t, say } = useWords()
  const { params, setParams } = useView()
  const compareId = useId()
  const shown = DIMENSIONS.filter(
    (dimension) => filters.includes(dimension) && (meta.dimensions[dimension] ?? []).length > 0,
  )
  const chips = conditions(params)
  if (filters.length === 0 && chips.length === 0) return null
  const labelOf = (dimension: string, value: string) =>
    say(meta.dimensions[dimension]?.find((choice) => choice.value === value)?.label) || value
  const chipText = ({ dimension, value }: { dimension: string; value: string }) =>
    `${say(meta.dimension_labels?.[dimension]) || dimension}: ${labelOf(dimension, value)}`
  return (
    <section className="filter-bar" aria-label={t('filter.title')}>
      {shown.map((dimension) => (
        <DimensionFilter key={dimension} dimension={dimension} choices={meta.dimensions[dimension] ?? []} />
      ))}
      {filters.includes('date') && <DateFilter meta={meta} />}
      {filters.includes('compare') && (
        <div className="filter">
          <label htmlFor={compareId}>{t('filter.compare')}</label>
          <Select
            id={compareId}
            value={compareOf(params)}
            aria-label={t('filter.compare')}
            className="filter-compare"
            options={COMPARISONS.map((value) => ({ value, label: t(`filter.compare.${value}`) }))}
            onChange={(next: Compare) =>
              setParams(withValues(params, 'compare', next === 'none' ? [] : [next]))
            }
            popupMatchSelectWidth={false}
          />
        </div>
      )}
      {chips.map((chip) => (
        <Tag
          key={chip.raw}
          closable={{ 'aria-label': t('filter.remove', { what: chipText(chip) }) }}
          onClose={() =>
            setParams(
              withValues(
                params,
                'where',
                chips.filter((c) => c !== chip).map((c) => c.raw),
              ),
            )
          }
          className="filter-chip"
        >
          {chipText(chip)}
        </Tag>
      ))}
      {hasFilters(params) && (
        <Button type="text" className="filter-reset" onClick={() => setParams(withoutFilters(params))}>
          {t('filter.reset')}
        </Button>
      )}
    </section>
  )
}
