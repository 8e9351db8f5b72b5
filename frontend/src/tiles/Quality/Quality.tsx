import { CheckCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { QualityPanel } from '../../api/types'
import { timeText } from '../../format/date'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { CheckLine } from './CheckLine'
import { useStartedJob } from '../../jobs/useStartedJob'
import './Quality.css'

function Nothing({ text, next }: { text: string; next: string }) {
  return (
    <div className="state">
      <CheckCircleOutlined aria-hidden />
      <p className="state-what">{text}</p>
      <p>{next}</p>
    </div>
  )
}

function Counts({ data }: { data: QualityPanel }) {
  const { t } = useWords()
  return (
    <p className="quality-counts">
      {data.n_failed > 0 && (
        <span className="quality-state is-failed">{t('quality.count.failed', { n: data.n_failed })}</span>
      )}
      {data.n_warning > 0 && (
        <span className="quality-state is-warning">{t('quality.count.warning', { n: data.n_warning })}</span>
      )}
      <span className="quality-state is-ok">{t('quality.count.ok', { n: data.n_ok })}</span>
      {data.checked_at !== null && (
        <span className="quality-when">{t('quality.checked_at', { time: timeText(data.checked_at) })}</span>
      )}
    </p>
  )
}

/** Every check of what was loaded: those that fail first, those that are fine on request. */
export default function Quality(tile: TileProps) {
  const { t, say } = useWords()
  const [showsFine, setShowsFine] = useState(false)
  const { start, isRunning, error } = useStartedJob('/api/v1/quality/run')
  return (
    <WithData<QualityPanel> tile={tile}>
      {({ data, isStale }) => {
        const standing = data.checks.filter(({ status }) => status !== 'ok')
        const fine = data.checks.filter(({ status }) => status === 'ok')
        return (
          <TileFrame
            title={say(tile.spec.title)}
            help={say(tile.spec.help)}
            isStale={isStale}
            actions={
              <Button size="small" loading={isRunning} onClick={start}>
                {t('quality.run')}
              </Button>
            }
          >
            <NoteStrip notes={notesOf(data)} />
            {error !== null && <ErrorState error={error} />}
            {data.checks.length === 0 ? (
              <Nothing text={t('quality.none')} next={t('quality.none_next')} />
            ) : (
              <>
                <Counts data={data} />
                {standing.length === 0 && <p className="quality-fine">{t('quality.all_ok')}</p>}
                <ul className="quality">
                  {standing.map((check) => (
                    <CheckLine key={check.name} check={check} startsOpen={check.status === 'failed'} />
                  ))}
                  {showsFine &&
                    fine.map((check) => <CheckLine key={check.name} check={check} startsOpen={false} />)}
                </ul>
                {fine.length > 0 && (
                  <Button type="link" size="small" onClick={() => setShowsFine(!showsFine)}>
                    {showsFine ? t('quality.hide_ok') : t('quality.show_ok', { n: fine.length })}
                  </Button>
                )}
              </>
            )}
          </TileFrame>
        )
      }}
    </WithData>
  )
}
