import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, InputNumber } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { CostRow, CostTableData } from '../../api/types'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { fullText } from '../../format/value'
import { refreshAll } from '../../jobs/jobs'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import './CostTable.css'

/** One number per category; what follows from it is marked as an estimate. */
export default function CostTable(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<CostTableData> tile={tile} isEmpty={(data) => data.rows.length === 0}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          beside={<EvidenceBadge evidence="estimated" />}
          isStale={isStale}
          flush
        >
          <CostForm data={data} />
        </TileFrame>
      )}
    </WithData>
  )
}

function CostForm({ data }: { data: CostTableData }) {
  const { lang, t, say } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [changed, setChanged] = useState<Record<string, number | null>>({})
  const save = useMutation({
    mutationFn: () => postJson('/api/v1/costs', known(changed)),
    onSuccess: () => {
      setChanged({})
      refreshAll(queries)
      void message.success(t('cost.saved'))
    },
  })
  const nameOf = (row: CostRow) => say(row.label) || row.category
  const missing =
    data.missing_share == null
      ? null
      : `${t('cost.share')} ${fullText(data.missing_share, 'ratio', null, lang)}`
  return (
    <div className="cost">
      <NoteStrip notes={[data.text, ...notesOf(data)]} />
      <table>
        <thead>
          <tr>
            <th scope="col">{t('cost.category')}</th>
            <th scope="col" className="align-right">
              {t('cost.revenue')}
            </th>
            <th scope="col" className="align-right">
              {t('cost.rate')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.category}>
              <th scope="row">{nameOf(row)}</th>
              <td className="align-right digits">{fullText(row.revenue, 'money', data.currency, lang)}</td>
              <td className="align-right">
                <InputNumber
                  min={0}
                  max={100}
                  precision={1}
                  suffix="%"
                  controls={false}
                  value={percentOf(row.category in changed ? changed[row.category] : row.rate)}
                  aria-label={t('cost.input', { name: nameOf(row) })}
                  onChange={(value) => setChanged({ ...changed, [row.category]: shareOf(value) })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {save.isError && <ErrorState error={save.error} />}
      <div className="cost-foot">
        <p>{[missing, t('cost.note')].filter(Boolean).join(' · ')}</p>
        <Button
          type="primary"
          disabled={Object.keys(changed).length === 0}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('cost.save')}
        </Button>
      </div>
    </div>
  )
}

/** Emptied boxes say nothing. */
function known(rates: Record<string, number | null>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rates).filter((entry): entry is [string, number] => entry[1] !== null),
  )
}

/** 0.425 → 42.5: people write percent, the ledger holds shares. */
export function percentOf(share: number | null | undefined): number | null {
  return share === null || share === undefined ? null : Number((share * 100).toFixed(1))
}

export function shareOf(percent: number | string | null): number | null {
  return percent === null || percent === '' ? null : Number((Number(percent) / 100).toFixed(3))
}
