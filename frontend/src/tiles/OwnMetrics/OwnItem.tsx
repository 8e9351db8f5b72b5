import { Button, Popconfirm } from 'antd'
import type { OwnMetricLine } from '../../api/types'
import { Go } from '../../app/navigation'
import { timeText } from '../../format/date'
import { useWords } from '../../settings/SettingsProvider'

interface OwnItemProps {
  metric: OwnMetricLine
  onEdit: () => void
  onHistory: () => void
  onRemove: () => void
}

/** One metric of the shop's own: what it is made of, its version, what can be done with it. */
export function OwnItem({ metric, onEdit, onHistory, onRemove }: OwnItemProps) {
  const { t, say } = useWords()
  return (
    <li className="own">
      <div>
        <p>
          {metric.error === null ? (
            <Go href={`/metrics/${metric.name}`}>{say(metric.label)}</Go>
          ) : (
            <b>{say(metric.label)}</b>
          )}
        </p>
        {metric.error !== null && <p className="own-error">{metric.error}</p>}
        <p className="own-small">
          <code>{metric.name}</code>
          {metric.formula !== null && <span>{metric.formula}</span>}
          <span>{t('own.version', { n: metric.version, time: timeText(metric.since) })}</span>
        </p>
      </div>
      <span className="own-buttons">
        <Button size="small" onClick={onEdit}>
          {t('own.edit')}
        </Button>
        <Button size="small" onClick={onHistory}>
          {t('own.history')}
        </Button>
        <Popconfirm
          title={t('own.remove_sure')}
          okText={t('own.remove')}
          cancelText={t('own.cancel')}
          onConfirm={onRemove}
        >
          <Button size="small">{t('own.remove')}</Button>
        </Popconfirm>
      </span>
    </li>
  )
}
