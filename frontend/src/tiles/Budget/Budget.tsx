import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { BudgetData } from '../../api/types'
import { fullText } from '../../format/value'
import { refreshAll } from '../../jobs/jobs'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { stateKey, type Entered } from './budget'
import './Budget.css'

type BudgetRow = BudgetData['rows'][number]

/** Targets of a month beside what came of them; the targets are entered here. */
export default function Budget(tile: TileProps) {
  const { t, say } = useWords()
  const [month, setMonth] = useState<string | null>(null)
  return (
    <WithData<BudgetData> tile={tile} isEmpty={(data) => data.rows.length === 0}>
      {({ data, isStale }) => {
        const shown = month ?? data.current ?? data.months[data.months.length - 1] ?? ''
        const options = data.months.map((value) => ({
          value,
          label: value === data.current ? `${value} ${t('budget.current')}` : value,
        }))
        const choice = (
          <Select
            size="small"
            value={shown}
            options={options}
            aria-label={t('budget.month')}
            onChange={setMonth}
            popupMatchSelectWidth={false}
          />
        )
        return (
          <TileFrame
            title={say(tile.spec.title)}
            help={say(tile.spec.help)}
            isStale={isStale}
            beside={choice}
            flush
          >
            <NoteStrip notes={[data.text, ...notesOf(data)]} />
            <MonthForm key={`${shown} ${data.store ?? ''}`} data={data} month={shown} />
          </TileFrame>
        )
      }}
    </WithData>
  )
}

function MonthForm({ data, month }: { data: BudgetData; month: string }) {
  const { lang, t, say } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [entered, setEntered] = useState<Entered>({})
  const save = useMutation({
    mutationFn: () => postJson('/api/v1/finance/budget', { month, store: data.store, targets: entered }),
    onSuccess: () => {
      setEntered({})
      refreshAll(queries)
      void message.success(t('budget.saved'))
    },
  })
  const isCurrent = month === data.current
  const cellOf = (row: BudgetRow) => row.cells.find((cell) => cell.month === month)
  const text = (value: number | null | undefined, row: BudgetRow) =>
    fullText(value, row.unit, data.currency, lang)
  return (
    <div className="budget">
      <div className="budget-scroll" tabIndex={0} role="region" aria-label={month}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('budget.account')}</th>
              <th scope="col">{t('budget.target')}</th>
              <th scope="col">{t('budget.actual')}</th>
              {isCurrent && <th scope="col">{t('budget.forecast')}</th>}
              <th scope="col">{t('budget.gap')}</th>
              <th scope="col">
                <span className="sr-only">{t('unit.status')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => {
              const cell = cellOf(row)
              const state = stateKey(cell?.state, isCurrent)
              return (
                <tr key={row.account}>
                  <th scope="row">{say(row.label)}</th>
                  <td>
                    <InputNumber
                      min={0}
                      precision={2}
                      controls={false}
                      disabled={!data.can_enter}
                      value={row.account in entered ? entered[row.account] : cell?.target}
                      aria-label={t('budget.input', { month, account: say(row.label) })}
                      onChange={(value) => setEntered({ ...entered, [row.account]: value })}
                    />
                  </td>
                  <td>{text(cell?.actual, row)}</td>
                  {isCurrent && <td>{text(cell?.forecast, row)}</td>}
                  <td>{text(cell?.gap, row)}</td>
                  <td className={`budget-state is-${cell?.state ?? 'none'}`}>
                    {state === null ? '' : t(state)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {save.isError && <ErrorState error={save.error} />}
      <div className="budget-foot">
        <Button
          type="primary"
          disabled={Object.keys(entered).length === 0}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('budget.save')}
        </Button>
      </div>
    </div>
  )
}
