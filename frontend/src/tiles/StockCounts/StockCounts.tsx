import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { StockCount, StockCountsData } from '../../api/types'
import { fullText } from '../../format/value'
import { refreshAll } from '../../jobs/jobs'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import './StockCounts.css'

/** Stock counts: what each found at cost, who approved it, and the movements that an approved one asks for. */
export default function StockCounts(tile: TileProps) {
  const { say, t } = useWords()
  return (
    <WithData<StockCountsData> tile={tile} isEmpty={(data) => data.counts.length === 0}>
      {({ data }) => (
        <TileFrame title={say(tile.spec.title)} help={say(tile.spec.help)}>
          <NoteStrip notes={notesOf(data)} />
          {data.counts.length === 0 && <p className="counts-none">{t('count.none')}</p>}
          <ul className="counts">
            {data.counts.map((count) => (
              <Count key={count.count_id} count={count} currency={data.currency} />
            ))}
          </ul>
        </TileFrame>
      )}
    </WithData>
  )
}

function Count({ count, currency }: { count: StockCount; currency: string | null }) {
  const { lang, t } = useWords()
  const money = (value: number | null) => fullText(value, 'money', currency, lang)
  return (
    <li>
      <strong>{count.count_id}</strong>
      <span>{count.day}</span>
      <span>{count.warehouses.join(' ')}</span>
      <span>{t('count.off', { off: String(count.off), goods: String(count.goods) })}</span>
      <span className="digits">{t('count.surplus', { money: money(count.surplus) })}</span>
      <span className="digits">{t('count.shortage', { money: money(count.shortage) })}</span>
      {count.unpriced > 0 && <span>{t('count.unpriced', { n: String(count.unpriced) })}</span>}
      {count.approved_by === null ? <Approval id={count.count_id} /> : <Approved count={count} />}
    </li>
  )
}

function Approved({ count }: { count: StockCount }) {
  const { t } = useWords()
  return (
    <>
      <span className="count-approved">{t('count.approved', { by: count.approved_by ?? '' })}</span>
      {count.adjusted > 0 ? (
        <span>{t('count.adjusted', { n: String(count.adjusted) })}</span>
      ) : (
        <Button
          size="small"
          href={`/api/v1/inventory/adjustments.csv?${new URLSearchParams({ count: count.count_id })}`}
          download
        >
          {t('count.adjustments')}
        </Button>
      )}
    </>
  )
}

function Approval({ id }: { id: string }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [by, setBy] = useState('')
  const approve = useMutation({
    mutationFn: () => postJson('/api/v1/inventory/count-approvals', { count_id: id, by: by.trim() }),
    onSuccess: () => {
      refreshAll(queries)
      void message.success(t('count.done'))
    },
  })
  return (
    <form
      className="count-approval"
      aria-label={`${t('count.approve')} ${id}`}
      onSubmit={(event) => {
        event.preventDefault()
        approve.mutate()
      }}
    >
      <Input
        value={by}
        maxLength={40}
        aria-label={`${t('count.by')} ${id}`}
        placeholder={t('count.by')}
        onChange={(event) => setBy(event.target.value)}
      />
      <Button htmlType="submit" disabled={by.trim() === ''} loading={approve.isPending}>
        {t('count.approve')}
      </Button>
      {approve.isError && <ErrorState error={approve.error} />}
    </form>
  )
}
