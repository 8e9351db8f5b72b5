import { App, Button, InputNumber } from 'antd'
import { useState } from 'react'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { useGoal } from './useCockpit'

/** What the figure should be, to be entered where it is read. */
export function GoalField({ metric, goal }: { metric: string; goal: number | null }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [value, setValue] = useState(goal)
  const save = useGoal(() => void message.success(t('kpi.goal_saved')))
  return (
    <div className="kpi-goal">
      <label>
        <span>{t('kpi.goal')}</span>
        <InputNumber min={0} value={value} onChange={setValue} />
      </label>
      <Button size="small" loading={save.isPending} onClick={() => save.mutate({ metric, goal: value })}>
        {t('kpi.goal_save')}
      </Button>
      {save.isError && <ErrorState error={save.error} />}
    </div>
  )
}
