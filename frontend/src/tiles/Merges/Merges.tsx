import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Pagination } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { MergeRow, MergesData } from '../../api/types'
import { Go } from '../../app/navigation'
import { refreshAll } from '../../jobs/jobs'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import './Merges.css'

const PAGE_ROWS = 50
const TOKEN_SHOWN = 10

/** The log of merges: what makes one person of several ids, how sure it is, where a file says so; and undoing it. */
export default function Merges(tile: TileProps) {
  const { say, t } = useWords()
  const [page, setPage] = useState(1)
  return (
    <WithData<MergesData> tile={tile} extra={{ page }}>
      {({ data }) => (
        <TileFrame title={say(tile.spec.title)} help={say(tile.spec.help)}>
          {data.merges.length === 0 && <p className="merges-none">{t('merge.none')}</p>}
          <ul className="merges">
            {data.merges.map((merge) => (
              <Merge key={merge.merge_id} merge={merge} />
            ))}
          </ul>
          {data.n_merges > PAGE_ROWS && (
            <Pagination
              current={page}
              pageSize={PAGE_ROWS}
              total={data.n_merges}
              showSizeChanger={false}
              onChange={setPage}
            />
          )}
          <Decisions data={data} />
        </TileFrame>
      )}
    </WithData>
  )
}

function Merge({ merge }: { merge: MergeRow }) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [reason, setReason] = useState<string | null>(null)
  const way = merge.state === 'undone' ? 'restore' : 'undo'
  const decide = useMutation({
    mutationFn: () => postJson(`/api/v1/customers/merges/${merge.merge_id}/${way}`, { reason }),
    onSuccess: () => {
      setReason(null)
      refreshAll(queries)
      void message.success(t(`merge.${way}_done`))
    },
  })
  const name = `${shown(merge.left)} = ${shown(merge.right)}`
  return (
    <li>
      <span className="merge-ids">
        {t(`merge.kind.${merge.left_kind}`)} <code>{shown(merge.left)}</code> ={' '}
        {t(`merge.kind.${merge.right_kind}`)} <code>{shown(merge.right)}</code>
      </span>
      <span>{say(merge.rule_label)}</span>
      <span>{t('merge.sure', { share: `${Math.round(merge.confidence * 100)}%` })}</span>
      <span className={`merge-state merge-${merge.state}`}>{say(merge.state_label)}</span>
      <Go href={`/source/${merge.batch_id}/${merge.row_no}`}>{t('merge.source')}</Go>
      {reason === null ? (
        <Button size="small" aria-label={`${t(`merge.${way}`)} ${name}`} onClick={() => setReason('')}>
          {t(`merge.${way}`)}
        </Button>
      ) : (
        <form
          className="merge-reason"
          aria-label={`${t(`merge.${way}`)} ${name}`}
          onSubmit={(event) => {
            event.preventDefault()
            decide.mutate()
          }}
        >
          <Input
            autoFocus
            value={reason}
            maxLength={200}
            aria-label={t('merge.reason')}
            placeholder={t('merge.reason')}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button htmlType="submit" danger disabled={reason.trim().length < 2} loading={decide.isPending}>
            {t(`merge.${way}`)}
          </Button>
          <Button onClick={() => setReason(null)}>{t('merge.cancel')}</Button>
          {decide.isError && <ErrorState error={decide.error} />}
        </form>
      )}
    </li>
  )
}

function Decisions({ data }: { data: MergesData }) {
  const { t } = useWords()
  if (data.decisions.length === 0) return null
  return (
    <>
      <h3 className="merges-decisions">{t('merge.decisions')}</h3>
      <ol className="merges">
        {data.decisions.map((each) => (
          <li key={`${each.merge_id}${each.decided_at}`}>
            <span>{each.decided_at.slice(0, 16).replace('T', ' ')} UTC</span>
            <span>{t(`merge.${each.action}`)}</span>
            <code>{each.merge_id}</code>
            <span>{each.reason}</span>
            <span>{each.decided_by}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

function shown(token: string) {
  return `#${token.slice(-TOKEN_SHOWN)}`
}
