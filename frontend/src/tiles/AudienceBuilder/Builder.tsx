import { App, Button, Input, Select, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import type { AudienceRow } from '../../api/types'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import '../AlertRules/AlertRules.css'
import { GroupFields } from './GroupFields'
import { SizePanel } from './SizePanel'
import { countedLeaves, documentOf, type AudienceDraft, type Leaf } from './draft'
import { useChoices, useOverlap, usePreview, useSave, useSettled, type Purpose } from './useAudiences'

interface BuilderProps {
  start: AudienceDraft
  saved: readonly AudienceRow[]
  onDone: () => void
}

/** Conditions to put together, with their size beside them, to keep under a name. */
export function Builder({ start, saved, onDone }: BuilderProps) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const [draft, setDraft] = useState(start)
  const [purpose, setPurpose] = useState<Purpose>('marketing')
  const choices = useChoices()
  const settled = useSettled(draft)
  const text = useMemo(() => JSON.stringify({ ...documentOf(settled), name: 'draft' }), [settled])
  const others = saved.map(({ name }) => name).filter((name) => name !== start.name)
  const preview = usePreview(text, purpose)
  const overlap = useOverlap(text, others)
  const save = useSave(() => {
    void message.success(t('aud.saved'))
    onDone()
  })
  const alone = useMemo(() => {
    const parts = preview.isPlaceholderData ? [] : (preview.data?.parts ?? [])
    const leaves = countedLeaves(settled.root)
    return new Map<Leaf, number>(
      leaves.flatMap((leaf, at) => (parts[at] === undefined ? [] : [[leaf, parts[at].people]])),
    )
  }, [settled, preview.data, preview.isPlaceholderData])
  const set = (part: Partial<AudienceDraft>) => setDraft({ ...draft, ...part })
  if (choices.error !== null) return <ErrorState error={choices.error} />
  if (choices.data === undefined) return <Skeleton active title={false} />
  return (
    <div className="rule-form aud-builder">
      <div className="aud-conditions">
        <div className="rule-fields">
          <Field label={t('aud.name')} isWrong={false}>
            <Input
              value={draft.name}
              disabled={start.name !== ''}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <Field label={t('aud.label')} isWrong={false}>
            <Input value={draft.label} onChange={(event) => set({ label: event.target.value })} />
          </Field>
          <Field label={t('aud.among')} isWrong={false}>
            <Select
              value={draft.among}
              aria-label={t('aud.among')}
              options={(['buyers', 'everybody'] as const).map((value) => ({
                value,
                label: t(`aud.among.${value}`),
              }))}
              onChange={(among) => set({ among })}
            />
          </Field>
          <Field label={t('aud.store')} isWrong={false}>
            <Select
              mode="multiple"
              value={draft.stores}
              aria-label={t('aud.store')}
              options={choices.data.stores.map(({ value, label }) => ({ value, label: say(label) }))}
              onChange={(stores: string[]) => set({ stores })}
            />
          </Field>
        </div>
        <GroupFields
          group={draft.root}
          choices={choices.data}
          alone={alone}
          onChange={(root) => set({ root })}
        />
      </div>
      <SizePanel
        preview={preview.data}
        overlap={overlap.data}
        saved={saved}
        purpose={purpose}
        isCounting={preview.isFetching || settled !== draft}
        error={preview.error}
        onPurpose={setPurpose}
      />
      {save.error !== null && <ErrorState error={save.error} />}
      <div className="rule-foot">
        <Button
          type="primary"
          disabled={draft.name === ''}
          loading={save.isPending}
          onClick={() => save.mutate(documentOf(draft))}
        >
          {t('aud.save')}
        </Button>
      </div>
    </div>
  )
}
