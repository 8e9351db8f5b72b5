import { Progress } from 'antd'
import type { Job } from '../../api/types'
import { countText } from '../../format/value'
import { shortText } from '../../format/value'
import { useWords, type Words } from '../../settings/SettingsProvider'
import './JobProgress.css'

const UNITS = ['rows', 'bytes', 'files'] as const

function unitName(unit: string, t: Words['t']): string {
  const known = UNITS.find((each) => each === unit)
  return known === undefined ? unit : t(`jobs.unit.${known}`)
}

/** How far a job is and how fast it goes. */
export function JobProgress({ job, name }: { job: Job; name: string }) {
  const { lang, t, say } = useWords()
  const progress = job.progress
  const share = progress?.total
    ? Math.min(100, Math.floor((100 * progress.done) / progress.total))
    : undefined
  const unit = unitName(progress?.unit ?? '', t)
  const words = [
    say(progress?.label),
    progress?.total
      ? t('jobs.progress', { done: countText(progress.done), total: countText(progress.total), unit })
      : progress && progress.done > 0
        ? `${countText(progress.done)} ${unit}`
        : '',
    progress?.rate
      ? t('jobs.rate', { rate: shortText(Math.round(progress.rate), 'count', null, lang), unit })
      : '',
  ].filter(Boolean)
  return (
    <div className="job-progress">
      <Progress
        percent={share ?? 0}
        showInfo={false}
        size="small"
        status={share === undefined ? 'active' : 'normal'}
        aria-label={name}
      />
      <span className="digits">{words.join(' · ')}</span>
    </div>
  )
}
