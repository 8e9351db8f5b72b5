import type { Good } from '../../api/types'
import type { Compare } from '../../filters/filters'
import { changeText } from '../../format/value'
import { useSettings, useWords } from '../../settings/SettingsProvider'

interface ChangeProps {
  change: number | null
  kind: 'ratio' | 'pp' | 'none'
  good: Good
  compare: Compare
}

export type Tone = 'up' | 'down' | 'flat'

/** The colour of a change. By outcome, a falling refund rate is coloured like rising sales. */
export function toneOf(change: number, good: Good, colourBy: 'outcome' | 'direction'): Tone {
  if (change === 0) return 'flat'
  const isUp = change > 0
  if (colourBy === 'direction') return isUp ? 'up' : 'down'
  if (good === 'none') return 'flat'
  return isUp === (good === 'up') ? 'up' : 'down'
}

/** Arrow for the direction, colour for the outcome, and a word where the two could be confused. */
export function Change({ change, kind, good, compare }: ChangeProps) {
  const { lang, t } = useWords()
  const { colourBy } = useSettings().settings
  if (compare === 'none' && change === null) return <span className="change" />
  const against = compare === 'none' ? '' : t(compare === 'year' ? 'kpi.vs_year' : 'kpi.vs_previous')
  if (change === null || kind === 'none') {
    return <span className="change">{t('kpi.no_compare')}</span>
  }
  const direction = change === 0 ? t('kpi.flat') : t(change > 0 ? 'kpi.up' : 'kpi.down')
  const isBetter = change > 0 === (good === 'up')
  const outcome = change !== 0 && good === 'down' ? t(isBetter ? 'kpi.better' : 'kpi.worse') : ''
  return (
    <span className="change">
      {against}{' '}
      <span className={`change-${toneOf(change, good, colourBy)}`}>
        <span className="sr-only">{direction} </span>
        {change !== 0 && <span aria-hidden>{change > 0 ? '▲' : '▼'}</span>}{' '}
        <span className="digits">{changeText(change, kind, lang)}</span>
        {outcome !== '' && <span className="change-word"> {outcome}</span>}
      </span>
    </span>
  )
}
