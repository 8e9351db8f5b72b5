import { Skeleton } from 'antd'
import { timeText } from '../../format/date'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { useHistory } from './useOwnMetrics'

/** Every definition that a metric had. */
export function HistoryView({ name }: { name: string }) {
  const { t } = useWords()
  const { data, error } = useHistory(name)
  if (error !== null) return <ErrorState error={error} />
  if (data === undefined) return <Skeleton active title={false} />
  return (
    <ol className="own-history">
      {data.versions.map((each) => (
        <li key={each.version}>
          <b>{t('own.version', { n: each.version, time: timeText(each.since) })}</b>
          {each.document === null ? (
            <p>{t('own.removed')}</p>
          ) : (
            <pre>{JSON.stringify(each.document, null, 1)}</pre>
          )}
        </li>
      ))}
    </ol>
  )
}
