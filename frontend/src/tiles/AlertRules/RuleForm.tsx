import { App, Button, Input, InputNumber, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { ApiError } from '../../api/client'
import type { RuleList } from '../../api/types'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { BackTestView } from './BackTestView'
import { ConditionFields } from './ConditionFields'
import { Field } from './Field'
import { CONDITIONS, GRAINS, NEW_RULE, SEVERITIES, conditionOf, type Kind, type RuleDraft } from './draft'
import { useBackTest, useRuleSave } from './useRules'

interface RuleFormProps {
  start: RuleDraft
  choices: RuleList
  onDone: () => void
}

/** A rule to fill in, to hold against history, and to keep; a refusal marks the field that is wrong. */
export function RuleForm({ start, choices, onDone }: RuleFormProps) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const [rule, setRule] = useState<RuleDraft>(start)
  const test = useBackTest()
  const save = useRuleSave(() => {
    void message.success(t('rules.saved'))
    onDone()
  })
  const error = save.error ?? test.error
  const wrong = error instanceof ApiError ? String((error.body as { field?: string }).field ?? '') : ''
  const set = (part: Partial<RuleDraft>) => setRule({ ...rule, ...part })
  const metric = choices.metrics.find((each) => each.name === rule.metric)
  const dimensions = choices.dimensions.filter((each) => metric?.dimensions.includes(each.name))
  const field = (name: string, label: string, control: ReactNode) => (
    <Field label={label} isWrong={wrong === name}>
      {control}
    </Field>
  )
  return (
    <div className="rule-form">
      <div className="rule-fields">
        {field(
          'name',
          t('rules.name'),
          <Input
            value={rule.name}
            disabled={start !== NEW_RULE}
            onChange={(event) => set({ name: event.target.value })}
          />,
        )}
        {field(
          'title',
          t('rules.title'),
          <Input value={rule.title} onChange={(event) => set({ title: event.target.value })} />,
        )}
        {field(
          'metric',
          t('rules.metric'),
          <Select
            value={rule.metric}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('rules.metric')}
            options={choices.metrics.map((each) => ({ value: each.name, label: say(each.label) }))}
            onChange={(value) => set({ metric: value, by: null })}
          />,
        )}
        {field(
          'by',
          t('rules.by'),
          <Select
            value={rule.by ?? ''}
            aria-label={t('rules.by')}
            options={[
              { value: '', label: t('rules.by_none') },
              ...dimensions.map((each) => ({ value: each.name, label: say(each.label) })),
            ]}
            onChange={(value) => set({ by: value === '' ? null : value })}
          />,
        )}
        {field(
          'where',
          t('rules.where'),
          <Input value={rule.where} onChange={(event) => set({ where: event.target.value })} />,
        )}
        {field(
          'when',
          t('rules.kind'),
          <Select<Kind>
            value={rule.when.kind}
            aria-label={t('rules.kind')}
            options={CONDITIONS.map((kind) => ({ value: kind, label: t(`rules.kind.${kind}`) }))}
            onChange={(kind) => set({ when: conditionOf(kind) })}
          />,
        )}
        <ConditionFields when={rule.when} wrong={wrong} onChange={(when) => set({ when })} />
        {field(
          'grain',
          t('rules.grain'),
          <Select
            value={rule.grain}
            aria-label={t('rules.grain')}
            options={GRAINS.map((value) => ({ value, label: t(`rules.grain.${value}`) }))}
            onChange={(grain) => set({ grain })}
          />,
        )}
        {field(
          'severity',
          t('rules.severity'),
          <Select
            value={rule.severity}
            aria-label={t('rules.severity')}
            options={SEVERITIES.map((value) => ({ value, label: t(`alerts.severity.${value}`) }))}
            onChange={(severity) => set({ severity })}
          />,
        )}
        {field(
          'min_base',
          t('rules.min_base'),
          <InputNumber min={0} value={rule.min_base} onChange={(value) => set({ min_base: value ?? 0 })} />,
        )}
        {field(
          'owner',
          t('rules.owner'),
          <Input value={rule.owner} onChange={(event) => set({ owner: event.target.value })} />,
        )}
        {field(
          'snooze_days',
          t('rules.snooze_days'),
          <InputNumber
            min={1}
            max={90}
            precision={0}
            value={rule.snooze_days}
            onChange={(value) => set({ snooze_days: value ?? 7 })}
          />,
        )}
        {field(
          'quiet_hours',
          t('rules.quiet_hours'),
          <Input
            value={rule.quiet_hours ?? ''}
            onChange={(event) => set({ quiet_hours: event.target.value === '' ? null : event.target.value })}
          />,
        )}
      </div>
      {error !== null && <ErrorState error={error} />}
      <div className="rule-foot">
        <Button loading={test.isPending} onClick={() => test.mutate(rule)}>
          {t('rules.test')}
        </Button>
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate(rule)}>
          {t('rules.save')}
        </Button>
      </div>
      {test.data !== undefined && <BackTestView found={test.data} />}
    </div>
  )
}
