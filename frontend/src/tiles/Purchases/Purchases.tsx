import { DownloadOutlined } from '@ant-design/icons'
import { Button, InputNumber, Slider } from 'antd'
import { useState } from 'react'
import { useTileData } from '../../api/queries'
import type { PurchaseLine, PurchasesData } from '../../api/types'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { fullText } from '../../format/value'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import './Purchases.css'

const ANSWER = '/api/v1/inventory/replenish'
const WHOLE = 100

/** What to buy: the budget and every quantity can be changed, and the sums follow. */
export default function Purchases(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<PurchasesData> tile={tile} isEmpty={(data) => data.rows.length === 0}>
      {({ data }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          beside={<EvidenceBadge evidence="estimated" />}
          flush
        >
          <PurchaseList first={data} />
        </TileFrame>
      )}
    </WithData>
  )
}

function PurchaseList({ first }: { first: PurchasesData }) {
  const { lang, t } = useWords()
  const [shown, setShown] = useState(WHOLE)
  const [share, setShare] = useState(WHOLE)
  const [quantities, setQuantities] = useState<Record<string, number>>({})
  const query = asked(share, quantities)
  const { data: found, error } = useTileData<PurchasesData>(`${ANSWER}?${query}`, query !== '')
  const data = query === '' || found === undefined ? first : found
  const budget = shown === WHOLE ? t('purchases.all') : t('purchases.share', { n: String(shown) })
  return (
    <div className="purchases">
      <NoteStrip notes={notesOf(first)} />
      {error !== null && query !== '' && <ErrorState error={error} />}
      <div className="purchases-head">
        <div className="purchases-budget">
          <span>{t('purchases.budget')}</span>
          <Slider
            min={5}
            max={WHOLE}
            step={5}
            value={shown}
            tooltip={{ formatter: null }}
            ariaLabelForHandle={t('purchases.budget')}
            onChange={setShown}
            onChangeComplete={setShare}
          />
          <span>{budget}</span>
        </div>
        <Sums data={data} />
        <Button
          disabled={query === ''}
          onClick={() => {
            setShown(WHOLE)
            setShare(WHOLE)
            setQuantities({})
          }}
        >
          {t('purchases.reset')}
        </Button>
        <Button
          type="primary"
          icon={<DownloadOutlined />}
          href={`${ANSWER}.xlsx?${[query, `lang=${lang}`].filter(Boolean).join('&')}`}
          download
        >
          {t('purchases.export')}
        </Button>
      </div>
      <Lines data={data} onSet={(sku, units) => setQuantities((before) => ({ ...before, [sku]: units }))} />
    </div>
  )
}

function Sums({ data }: { data: PurchasesData }) {
  const { lang, t } = useWords()
  const money = (value: number | null | undefined) => fullText(value ?? null, 'money', data.currency, lang)
  return (
    <dl className="purchases-sums" aria-live="polite">
      <div>
        <dt>{t('purchases.cash')}</dt>
        <dd className="digits">{money(data.cash)}</dd>
      </div>
      <div>
        <dt>{t('purchases.profit')}</dt>
        <dd className="digits">{money(data.profit)}</dd>
      </div>
      <div>
        <dt>{t('purchases.bound')}</dt>
        <dd className="digits">{money(data.profit_bound)}</dd>
      </div>
    </dl>
  )
}

function Lines({ data, onSet }: { data: PurchasesData; onSet: (sku: string, units: number) => void }) {
  const { t } = useWords()
  const heads = [
    'quantity',
    'wanted',
    'money',
    'gain',
    'order',
    'arrives',
    'position',
    'reorder',
    'empty',
  ] as const
  return (
    <div className="purchases-rows" tabIndex={0} role="region" aria-label={t('purchases.sku')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('purchases.sku')}</th>
            <th scope="col">{t('purchases.supplier')}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="align-right">
                {t(`purchases.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Line key={row.sku} row={row} currency={data.currency} onSet={onSet} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface LineProps {
  row: PurchaseLine
  currency: string | null | undefined
  onSet: (sku: string, units: number) => void
}

function Line({ row, currency, onSet }: LineProps) {
  const { lang, t } = useWords()
  const [typed, setTyped] = useState<number | null>(null)
  const cells = [
    fullText(row.wanted, 'count', null, lang),
    fullText(row.cash, 'money', currency, lang),
    fullText(row.expected_profit, 'money', currency, lang),
    row.order_on ?? '–',
    row.expected_on ?? '–',
    fullText(row.position, 'count', null, lang),
    fullText(row.reorder_point, 'count', null, lang),
    fullText(row.empty_chance, 'ratio', null, lang),
  ]
  const take = () => {
    if (typed !== null && typed !== row.quantity) onSet(row.sku, typed)
    setTyped(null)
  }
  return (
    <tr>
      <th scope="row">
        {row.name}
        <small>{row.sku}</small>
      </th>
      <td>{row.supplier}</td>
      <td className="align-right">
        <InputNumber
          min={0}
          precision={0}
          step={row.case_units}
          value={typed ?? row.quantity}
          aria-label={t('purchases.input', { name: row.sku })}
          onChange={setTyped}
          onBlur={take}
          onPressEnter={take}
        />
      </td>
      {cells.map((cell, place) => (
        <td key={place} className="align-right digits">
          {cell}
        </td>
      ))}
    </tr>
  )
}

/** What differs from the proposal, as a query string; empty where nothing does. */
export function asked(share: number, quantities: Record<string, number>): string {
  const query = new URLSearchParams()
  if (share < WHOLE) query.append('share', String(share))
  for (const [sku, units] of Object.entries(quantities)) query.append('set', `${sku}=${units}`)
  return query.toString()
}
