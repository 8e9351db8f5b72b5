import { Input, InputNumber, Select } from 'antd'
import type { AudienceChoices, AudiencePick } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import { WindowFields } from './WindowFields'
import { COMPARISONS, type Leaf } from './draft'

interface LeafFieldsProps {
  leaf: Leaf
  choices: AudienceChoices
  onChange: (leaf: Leaf) => void
}

const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1)

function valuesOf(leaf: Leaf, choices: AudienceChoices): AudiencePick[] {
  switch (leaf.kind) {
    case 'segment':
      return choices.segments
    case 'stage':
      return choices.stages
    case 'tag':
      return choices.tags
    case 'did':
      return choices.events
    case 'member':
      return choices.tiers
    case 'province':
      return choices.provinces
    case 'bought':
      return leaf.what === 'product' ? choices.products : choices.categories
    case 'prefers':
      return leaf.what === 'category' ? choices.categories : choices.sizes
    default:
      return []
  }
}

/** The boxes of one condition. */
export function LeafFields({ leaf, choices, onChange }: LeafFieldsProps) {
  const { t, say } = useWords()
  const set = (part: Partial<Leaf>) => onChange({ ...leaf, ...part })
  const options = (values: readonly AudiencePick[]) =>
    values.map(({ value, label }) => ({ value, label: say(label) }))
  const one = (label: string, value: string, values: { value: string; label: string }[], key: keyof Leaf) => (
    <Field label={label} isWrong={false}>
      <Select
        value={value}
        aria-label={label}
        showSearch={{ optionFilterProp: 'label' }}
        options={values}
        onChange={(found: string) => set(key === 'what' ? { what: found, any_of: [] } : { [key]: found })}
      />
    </Field>
  )
  const number = (key: 'value' | 'at_least', label: string, min?: number) => (
    <Field label={label} isWrong={false}>
      <InputNumber
        value={leaf[key] ?? null}
        aria-label={label}
        {...(min === undefined ? {} : { min })}
        onChange={(found) => set({ [key]: found })}
      />
    </Field>
  )
  const compare = () =>
    one(
      t('aud.compare'),
      leaf.compare ?? '>=',
      COMPARISONS.map((value) => ({ value, label: value })),
      'compare',
    )
  const several = (values: { value: string | number; label: string }[]) => (
    <Field label={t('aud.any_of')} isWrong={false}>
      <Select
        mode="multiple"
        value={leaf.any_of ?? []}
        aria-label={t('aud.any_of')}
        showSearch={{ optionFilterProp: 'label' }}
        options={values}
        onChange={(any_of: (string | number)[]) => set({ any_of })}
      />
    </Field>
  )
  const words = (values: readonly string[], prefix: 'aud.what' | 'aud.moment') =>
    values.map((value) => ({ value, label: t(`${prefix}.${value}` as Parameters<typeof t>[0]) }))

  switch (leaf.kind) {
    case 'metric':
      return (
        <>
          {one(t('aud.metric'), leaf.metric ?? '', options(choices.metrics), 'metric')}
          {compare()}
          {number('value', t('aud.value'))}
          <WindowFields leaf={leaf} onChange={set} />
        </>
      )
    case 'days_since':
      return (
        <>
          {one(
            t('aud.moment'),
            leaf.moment ?? '',
            words(['last_order', 'first_order', 'last_visit'], 'aud.moment'),
            'moment',
          )}
          {compare()}
          {number('value', t('aud.last_days'), 0)}
        </>
      )
    case 'bought':
    case 'did':
      return (
        <>
          {leaf.kind === 'bought' &&
            one(t('aud.what'), leaf.what ?? '', words(['category', 'product'], 'aud.what'), 'what')}
          {several(options(valuesOf(leaf, choices)))}
          {number('at_least', t('aud.at_least'), 1)}
          <WindowFields leaf={leaf} onChange={set} />
        </>
      )
    case 'prefers':
      return (
        <>
          {one(t('aud.what'), leaf.what ?? '', words(['size', 'category'], 'aud.what'), 'what')}
          {several(options(valuesOf(leaf, choices)))}
        </>
      )
    case 'birth_month':
      return several(MONTHS.map((value) => ({ value, label: String(value) })))
    case 'audience':
      return choices.audiences.length === 0 ? (
        <Input disabled value={t('aud.none')} aria-label={t('aud.kind.audience')} />
      ) : (
        one(t('aud.kind.audience'), leaf.name ?? '', options(choices.audiences), 'name')
      )
    default:
      return several(options(valuesOf(leaf, choices)))
  }
}
