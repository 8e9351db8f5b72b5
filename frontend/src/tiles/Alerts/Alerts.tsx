import { BellOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import type { AlertList, AlertState } from '../../api/types'
import { timeText } from '../../format/date'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import { AlertItem } from './AlertItem'
import { useStartedJob } from '../../jobs/useStartedJob'
import './Alerts.css'

const STATES: AlertState[] = ['open', 'acknowledged', 'snoozed', 'resolved']

/** Alerts of one state, most money at stake first. */
export default function Alerts(tile: TileProps) {
  const { t, say } = useWords()
  const [state, setState] = useState<AlertState>('open')
  const { start, isRunning, error } = useStartedJob('/api/v1/alerts/run')
  return (
    <WithData<AlertList> tile={tile} extra={{ state }}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          isStale={isStale}
          actions={
            <Button size="small" loading={isRunning} onClick={start}>
              {t('alerts.run')}
            </Button>
          }
        >
          {error !== null && <ErrorState error={error} />}
          <div className="alerts-bar">
            <Segmented<AlertState>
              value={state}
              onChange={setState}
              aria-label={t('alerts.states')}
              options={STATES.map((value) => ({
                value,
                label: `${t(`alerts.state.${value}`)} ${data[`n_${value}`]}`,
              }))}
            />
            <span className="alerts-when">
              {data.watched_at === null
                ? t('alerts.never')
                : t('alerts.watched', { time: timeText(data.watched_at), day: data.watched_until ?? '—' })}
            </span>
          </div>
          {data.alerts.length === 0 ? (
            <div className="state">
              <BellOutlined aria-hidden />
              <p className="state-what">{t('alerts.none')}</p>
              <p>{t('alerts.none_next')}</p>
            </div>
          ) : (
            <ul className="alerts" aria-label={say(tile.spec.title)}>
              {data.alerts.map((alert) => (
                <AlertItem key={alert.id} alert={alert} />
              ))}
            </ul>
          )}
        </TileFrame>
      )}
    </WithData>
  )
}
