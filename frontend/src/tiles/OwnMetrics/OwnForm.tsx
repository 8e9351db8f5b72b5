import { App, Button, Input, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { ApiError } from '../../api/client'
import type { OwnMetricList } from '../../api/types'
import { fullText } from '../../format/value'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import '../AlertRules/AlertRules.css'
import { Conditions } from './Conditions'
import { MetricSelect } from './MetricSelect'
import { Parts } from './Parts'
import { GOODS, KINDS, NEW_METRIC, withKind, type Kind, type OwnDraft } from './draft'
import { useOwnSave, useOwnTry } from './useOwnMetrics'

interface OwnFormProps {
  start: OwnDraft
  choices: OwnMetricList
  onDone: () => void
}

const TEXTS = ['label', 'label_en', 'definition', 'owner'] as const

/** A metric to fill in, to try on all days, and to keep; a refusal marks the field that is wrong. */
export function OwnForm({ start, choices, onDone }: OwnFormProps) {
  const { lang, t, say } = useWords()
  const { message } = App.useApp()
  const [draft, setDraft] = useState<OwnDraft>(start)
  const attempt = useOwnTry()
  const save = useOwnSave(() => {
    void message.success(t('own.saved'))
    onDone()
  })
  const error = save.error ?? attempt.error
  const wrong = error instanceof ApiError ? String((error.body as { field?: string }).field ?? '') : ''
  const set = (part: Partial<OwnDraft>) => setDraft({ ...draft, ...part })
  const field = (name: string, label: string, control: ReactNode) => (
    <Field label={label} isWrong={wrong === name}>
      {control}
    </Field>
  )
  const pick = (name: 'numerator' | 'denominator' | 'of', needsSum: boolean) =>
    field(
      name,
      t(`own.${name}`),
      <MetricSelect
        label={t(`own.${name}`)}
        value={draft[name]}
        choices={choices.choices.filter(({ is_sum, rows }) => (needsSum ? is_sum : rows !== null))}
        onChange={(value) => set({ [name]: value })}
      />,
    )
  return (
    <div className="rule-form">
      <div className="rule-fields">
        {field(
          'kind',
          t('own.kind'),
          <Select<Kind>
            value={draft.kind}
            aria-label={t('own.kind')}
            options={KINDS.map((kind) => ({ value: kind, label: t(`own.kind.${kind}`) }))}
            onChange={(kind) => setDraft(withKind(draft, kind))}
          />,
        )}
        {field(
          'name',
          t('own.name'),
          <Input
            value={draft.name}
            disabled={start !== NEW_METRIC}
            onChange={(event) => set({ name: event.target.value })}
          />,
        )}
        {TEXTS.map((name) => (
          <Field key={name} label={t(`own.${name}`)} isWrong={wrong === name}>
            <Input value={draft[name]} onChange={(event) => set({ [name]: event.target.value })} />
          </Field>
        ))}
        {field(
          'good',
          t('own.good'),
          <Select
            value={draft.good}
            aria-label={t('own.good')}
            options={GOODS.map((value) => ({ value, label: t(`own.good.${value}`) }))}
            onChange={(good) => set({ good })}
          />,
        )}
        {draft.kind === 'ratio' && pick('numerator', true)}
        {draft.kind === 'ratio' && pick('denominator', true)}
        {draft.kind === 'filter' && pick('of', false)}
      </div>
      {draft.kind === 'filter' && (
        <Conditions draft={draft} choices={choices} wrong={wrong} onChange={(where) => set({ where })} />
      )}
      {draft.kind === 'weighted' && (
        <Parts draft={draft} choices={choices} wrong={wrong} onChange={(parts) => set({ parts })} />
      )}
      {error !== null && <ErrorState error={error} />}
      {attempt.data !== undefined && error === null && (
        <div className="rule-test" role="status">
          <p>
            <b>
              {t('own.tried', {
                value: fullText(attempt.data.value, attempt.data.unit as never, attempt.data.currency, lang),
              })}
            </b>
          </p>
          <p>{say(attempt.data.definition)}</p>
          {attempt.data.warnings.map((each) => (
            <p key={each.en}>{say(each)}</p>
          ))}
        </div>
      )}
      <div className="rule-foot">
        <Button loading={attempt.isPending} onClick={() => attempt.mutate(draft)}>
          {t('own.try')}
        </Button>
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate(draft)}>
          {t('own.save')}
        </Button>
      </div>
    </div>
  )
}
