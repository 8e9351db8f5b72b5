import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Pagination } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { HeldMeeting, MeetingItem, MeetingsData } from '../../api/types'
import { fullText } from '../../format/value'
import { refreshAll } from '../../jobs/jobs'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import './Meeting.css'

const PAGE_ROWS = 50

/** The newest meeting about goods: its frozen list with what was decided, and the forms to freeze and to decide. */
export default function Meeting(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<MeetingsData> tile={tile}>
      {({ data }) => (
        <TileFrame title={say(tile.spec.title)} help={say(tile.spec.help)}>
          <Freeze />
          {data.meetings[0] !== undefined && <FrozenList meeting={data.meetings[0]} />}
        </TileFrame>
      )}
    </WithData>
  )
}

/** A change that the server keeps, after which everything is read anew. */
function useKept(path: string, body: unknown, said: string, onDone: () => void) {
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => postJson(path, body),
    onSuccess: () => {
      onDone()
      refreshAll(queries)
      void message.success(said)
    },
  })
}

function Freeze() {
  const { t } = useWords()
  const [name, setName] = useState('')
  const kept = { name: name.trim(), view: [] }
  const freeze = useKept('/api/v1/products/meetings', kept, t('meeting.frozen'), () => setName(''))
  return (
    <form
      className="meeting-form"
      onSubmit={(event) => {
        event.preventDefault()
        freeze.mutate()
      }}
    >
      <Input
        value={name}
        maxLength={200}
        aria-label={t('meeting.name')}
        placeholder={t('meeting.name')}
        onChange={(event) => setName(event.target.value)}
      />
      <Button htmlType="submit" disabled={kept.name === ''} loading={freeze.isPending}>
        {t('meeting.freeze')}
      </Button>
      {freeze.isError && <ErrorState error={freeze.error} />}
    </form>
  )
}

function FrozenList({ meeting }: { meeting: HeldMeeting }) {
  const { t } = useWords()
  const [page, setPage] = useState(1)
  const shown = meeting.items.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)
  return (
    <>
      <p className="meeting-about">
        {t('meeting.about', {
          name: meeting.name,
          on: meeting.frozen_on,
          from: meeting.date_from,
          to: meeting.date_to,
        })}
      </p>
      <ul className="meeting-items">
        {shown.map((item) => (
          <Item
            key={`${meeting.meeting_id} ${item.store} ${item.sku_id}`}
            meetingId={meeting.meeting_id}
            item={item}
            currency={meeting.currency}
          />
        ))}
      </ul>
      {meeting.items.length > PAGE_ROWS && (
        <Pagination
          current={page}
          pageSize={PAGE_ROWS}
          total={meeting.items.length}
          showSizeChanger={false}
          onChange={setPage}
        />
      )}
    </>
  )
}

interface ItemProps {
  meetingId: number
  item: MeetingItem
  currency: string
}

function Item({ meetingId, item, currency }: ItemProps) {
  const { lang, say, t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <span className="meeting-advice">{say(item.advice_label)}</span>
      <span className="meeting-goods">
        {item.title} <small>{item.sku_id}</small>
      </span>
      <span>{item.store}</span>
      <span className="digits">{t('meeting.units', { n: fullText(item.units, 'count', null, lang) })}</span>
      <span className="digits">{fullText(item.profit, 'money', currency, lang)}</span>
      {item.decision !== null && (
        <span className="meeting-decision">
          {[item.decision, item.owner, item.due].filter(Boolean).join(' · ')}
        </span>
      )}
      {isOpen ? (
        <Decide meetingId={meetingId} item={item} onDone={() => setOpen(false)} />
      ) : (
        <Button
          size="small"
          aria-label={`${t('meeting.decide')} ${item.sku_id}`}
          onClick={() => setOpen(true)}
        >
          {t('meeting.decide')}
        </Button>
      )}
    </li>
  )
}

function Decide({ meetingId, item, onDone }: { meetingId: number; item: MeetingItem; onDone: () => void }) {
  const { t } = useWords()
  const [decision, setDecision] = useState(item.decision ?? '')
  const [owner, setOwner] = useState(item.owner ?? '')
  const [due, setDue] = useState(item.due ?? '')
  const decided = {
    store: item.store,
    sku_id: item.sku_id,
    decision: decision.trim(),
    owner: owner.trim() || null,
    due: due || null,
  }
  const keep = useKept(
    `/api/v1/products/meetings/${meetingId}/decisions`,
    decided,
    t('meeting.decided'),
    onDone,
  )
  return (
    <form
      className="meeting-form"
      aria-label={`${t('meeting.decide')} ${item.sku_id}`}
      onSubmit={(event) => {
        event.preventDefault()
        keep.mutate()
      }}
    >
      <Input
        autoFocus
        value={decision}
        maxLength={500}
        aria-label={t('meeting.decision')}
        placeholder={t('meeting.decision')}
        onChange={(event) => setDecision(event.target.value)}
      />
      <Input
        value={owner}
        maxLength={100}
        aria-label={t('meeting.owner')}
        placeholder={t('meeting.owner')}
        onChange={(event) => setOwner(event.target.value)}
      />
      <Input
        type="date"
        value={due}
        aria-label={t('meeting.due')}
        onChange={(event) => setDue(event.target.value)}
      />
      <Button htmlType="submit" type="primary" disabled={decided.decision === ''} loading={keep.isPending}>
        {t('meeting.keep')}
      </Button>
      <Button onClick={onDone}>{t('meeting.cancel')}</Button>
      {keep.isError && <ErrorState error={keep.error} />}
    </form>
  )
}
