import { PushpinFilled, PushpinOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { KpiItem } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { usePin } from './useCockpit'

/** Puts a figure on the cockpit, or takes it down. */
export function PinButton({ item }: { item: KpiItem }) {
  const { t, say } = useWords()
  const pin = usePin()
  const isPinned = item.is_pinned === true
  const Icon = isPinned ? PushpinFilled : PushpinOutlined
  return (
    <Button
      type="text"
      size="small"
      className={isPinned ? 'is-pinned' : ''}
      icon={<Icon />}
      loading={pin.isPending}
      aria-pressed={isPinned}
      aria-label={t(isPinned ? 'kpi.unpin' : 'kpi.pin', { name: say(item.label) })}
      onClick={() => pin.mutate({ metric: item.metric, is_pinned: !isPinned })}
    />
  )
}
