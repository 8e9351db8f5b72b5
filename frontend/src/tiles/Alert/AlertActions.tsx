import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { AlertPage } from '../../api/types'
import { outcomeKey } from '../Alerts/words'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'

const MAX_NOTE = 2000

/** Take an alert in hand, put it away, give it to somebody, write to it, close it with what came of it. */
export function AlertActions({ page }: { page: AlertPage }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [isResolving, setResolving] = useState(false)
  const [note, setNote] = useState('')
  const [owner, setOwner] = useState('')
  const { id, state } = page.alert
  const change = useMutation({
    mutationFn: ({ what, body }: { what: string; body: object }) =>
      postJson<AlertPage>(`/api/v1/alerts/${id}/${what}`, body),
    onSuccess: () => {
      setNote('')
      setOwner('')
      setResolving(false)
      void queries.invalidateQueries({ queryKey: ['tile'] })
    },
  })
  const act = (what: string, body: object) => change.mutate({ what, body })
  const isClosed = state === 'resolved'
  return (
    <div className="alert-actions">
      {!isClosed && (
        <div className="alert-buttons">
          {state !== 'acknowledged' && (
            <Button loading={change.isPending} onClick={() => act('acknowledge', { note: '' })}>
              {t('alerts.acknowledge')}
            </Button>
          )}
          {state !== 'snoozed' && (
            <Button onClick={() => act('snooze', { days: page.snooze_days, note: '' })}>
              {t('alerts.snooze', { n: page.snooze_days })}
            </Button>
          )}
          <Button type="primary" onClick={() => setResolving(true)}>
            {t('alerts.resolve')}
          </Button>
        </div>
      )}
      <div className="alert-write">
        <Input
          value={note}
          maxLength={MAX_NOTE}
          placeholder={t('alerts.note_hint')}
          aria-label={t('alerts.add_note')}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button disabled={note.trim() === ''} onClick={() => act('note', { note })}>
          {t('alerts.add_note')}
        </Button>
        {!isClosed && (
          <>
            <Input
              value={owner}
              maxLength={100}
              placeholder={t('alerts.assign_hint')}
              aria-label={t('alerts.assign')}
              className="alert-owner"
              onChange={(event) => setOwner(event.target.value)}
            />
            <Button disabled={owner.trim() === ''} onClick={() => act('assign', { owner })}>
              {t('alerts.assign')}
            </Button>
          </>
        )}
      </div>
      {change.isError && <ErrorState error={change.error} />}
      <ResolveForm
        isOpen={isResolving}
        outcomes={page.outcomes}
        isSaving={change.isPending}
        onClose={() => setResolving(false)}
        onSave={(outcome, said) => act('resolve', { outcome, note: said })}
      />
    </div>
  )
}

interface ResolveFormProps {
  isOpen: boolean
  outcomes: readonly string[]
  isSaving: boolean
  onClose: () => void
  onSave: (outcome: string, note: string) => void
}

/** What came of an alert: an outcome, and a word on what was done. */
function ResolveForm({ isOpen, outcomes, isSaving, onClose, onSave }: ResolveFormProps) {
  const { t } = useWords()
  const [outcome, setOutcome] = useState(outcomes[0] ?? '')
  const [note, setNote] = useState('')
  return (
    <Modal
      open={isOpen}
      title={t('alerts.resolve_title')}
      okText={t('alerts.resolve')}
      cancelText={t('alerts.cancel')}
      okButtonProps={{ disabled: note.trim() === '', loading: isSaving }}
      onOk={() => onSave(outcome, note)}
      onCancel={onClose}
      destroyOnHidden
    >
      <Radio.Group
        value={outcome}
        aria-label={t('alerts.outcome')}
        onChange={(event) => setOutcome(String(event.target.value))}
        options={outcomes.map((value) => ({ value, label: t(outcomeKey(value)) }))}
      />
      <Input.TextArea
        className="alert-resolve-note"
        rows={3}
        value={note}
        maxLength={MAX_NOTE}
        placeholder={t('alerts.note_hint')}
        aria-label={t('alerts.note')}
        onChange={(event) => setNote(event.target.value)}
      />
    </Modal>
  )
}
