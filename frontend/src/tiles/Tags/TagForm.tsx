import { App, Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { TagList } from '../../api/types'
import { countText } from '../../format/value'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import '../AlertRules/AlertRules.css'
import { newSignal, type SignalDraft, type TagDraft } from './draft'
import { useTagSave, useTagTry } from './useTags'

const SHOWN = 5
const TOKEN_END = -10

interface TagFormProps {
  start: TagDraft
  choices: TagList
  onDone: () => void
}

/** A rule to fill in, to count, and to keep. */
export function TagForm({ start, choices, onDone }: TagFormProps) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const [draft, setDraft] = useState(start)
  const attempt = useTagTry()
  const save = useTagSave(() => {
    void message.success(t('tag.saved'))
    onDone()
  })
  const error = save.error ?? attempt.error
  const set = (part: Partial<TagDraft>) => setDraft({ ...draft, ...part })
  const put = (at: number, part: Partial<SignalDraft>) =>
    set({ signals: draft.signals.map((each, place) => (place === at ? { ...each, ...part } : each)) })
  const text = (key: 'name' | 'label' | 'label_en') => (
    <Field label={t(`tag.${key}`)} isWrong={false}>
      <Input
        value={draft[key]}
        disabled={key === 'name' && start.name !== ''}
        onChange={(event) => set({ [key]: event.target.value })}
      />
    </Field>
  )
  const number = (key: 'at_least' | 'half_life_days' | 'expires_days', label: string) => (
    <Field label={label} isWrong={false}>
      <InputNumber
        min={0}
        value={draft[key] ?? 0}
        aria-label={label}
        onChange={(value) => set({ [key]: value })}
      />
    </Field>
  )
  return (
    <div className="rule-form">
      <div className="rule-fields">
        {text('name')}
        {text('label')}
        {text('label_en')}
        {number('at_least', t('tag.at_least'))}
        {number('half_life_days', t('tag.half_life'))}
        {number('expires_days', t('tag.expires'))}
      </div>
      {draft.signals.map((signal, at) => (
        <div key={at} className="rule-fields tag-signal">
          <Field label={t('tag.act')} isWrong={false}>
            <Select
              value={signal.act}
              aria-label={t('tag.act')}
              options={choices.acts.map(({ value, label }) => ({ value, label: say(label) }))}
              onChange={(act) => put(at, { act })}
            />
          </Field>
          <Field label={t('tag.categories')} isWrong={false}>
            <Select
              mode="tags"
              value={signal.categories}
              aria-label={t('tag.categories')}
              options={choices.categories.map((value) => ({ value, label: value }))}
              onChange={(categories: string[]) => put(at, { categories })}
            />
          </Field>
          <Field label={t('tag.weight')} isWrong={false}>
            <InputNumber
              min={0.01}
              value={signal.weight}
              aria-label={t('tag.weight')}
              onChange={(weight) => put(at, { weight })}
            />
          </Field>
          <Button
            size="small"
            disabled={draft.signals.length === 1}
            aria-label={t('tag.drop', { n: at + 1 })}
            onClick={() => set({ signals: draft.signals.filter((_, place) => place !== at) })}
          >
            ×
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => set({ signals: [...draft.signals, newSignal()] })}>
          {t('tag.add')}
        </Button>
      </div>
      <Checkbox
        checked={draft.needs_consent}
        onChange={(event) => set({ needs_consent: event.target.checked })}
      >
        {t('tag.consent')}
      </Checkbox>
      {error !== null && <ErrorState error={error} />}
      {attempt.data !== undefined && error === null && (
        <div className="rule-test" role="status">
          <p>
            <b>{t('tag.tried', { day: attempt.data.as_of, n: countText(attempt.data.people) })}</b>
          </p>
          <p>{say(attempt.data.rule)}</p>
          <ul>
            {attempt.data.strongest.slice(0, SHOWN).map(({ customer, score, acts, last_day }) => (
              <li key={customer}>
                {t('tag.person', {
                  who: `#${customer.slice(TOKEN_END)}`,
                  score: score.toFixed(2),
                  n: acts,
                  day: last_day,
                })}
              </li>
            ))}
          </ul>
          <NoteStrip notes={attempt.data.warnings} />
        </div>
      )}
      <div className="rule-foot">
        <Button loading={attempt.isPending} onClick={() => attempt.mutate(draft)}>
          {t('tag.try')}
        </Button>
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate(draft)}>
          {t('tag.save')}
        </Button>
      </div>
    </div>
  )
}
