import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, InputNumber } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { QuadrantsData } from '../../api/types'
import { refreshAll } from '../../jobs/jobs'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'

type Side = 'x' | 'y'
const SIDES: readonly Side[] = ['x', 'y']

/** The two borders as boxes: what is typed is kept by the shop, null goes back to the rule. */
export function Borders({ data, saveTo }: { data: QuadrantsData; saveTo: string }) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [entered, setEntered] = useState<Partial<Record<Side, number | null>>>({})
  const kept = (side: Side) => (data[side].is_moved ? data[side].border : null)
  const save = useMutation({
    mutationFn: (borders: Record<Side, number | null>) => postJson(saveTo, borders),
    onSuccess: () => {
      setEntered({})
      refreshAll(queries)
      void message.success(t('quadrants.saved'))
    },
  })
  const valueOf = (side: Side) => (side in entered ? entered[side] : data[side].border)
  const wanted = (side: Side) => (side in entered ? (entered[side] ?? null) : kept(side))
  const isMoved = data.x.is_moved || data.y.is_moved
  return (
    <div className="quadrants-borders">
      {SIDES.map((side) => {
        const { label, rule, is_moved } = data[side]
        const name = t('quadrants.border', { axis: say(label) })
        return (
          <label key={side}>
            <span>
              {name} <small>{is_moved ? t('quadrants.moved') : say(rule)}</small>
            </span>
            <InputNumber
              controls={false}
              value={valueOf(side)}
              aria-label={name}
              onChange={(value) => setEntered({ ...entered, [side]: value })}
            />
          </label>
        )
      })}
      <Button
        type="primary"
        disabled={Object.keys(entered).length === 0}
        loading={save.isPending}
        onClick={() => save.mutate({ x: wanted('x'), y: wanted('y') })}
      >
        {t('quadrants.save')}
      </Button>
      {isMoved && <Button onClick={() => save.mutate({ x: null, y: null })}>{t('quadrants.reset')}</Button>}
      {save.isError && <ErrorState error={save.error} />}
    </div>
  )
}
