import type { Series } from '../../api/types'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import { seriesColours } from '../seriesColours'
import './Legend.css'

interface LegendProps {
  series: readonly Series[]
  /** Bars are named by the card's title, so that only their comparison needs a name. */
  isOfBars?: boolean
}

/** Names of the lines, in the card's title line. A single line is named by the title. */
export function Legend({ series, isOfBars = false }: LegendProps) {
  const { say } = useWords()
  const palette = usePalette()
  if (series.length < 2) return null
  const colours = seriesColours(series, palette)
  const isLone = series.filter(({ role }) => role !== 'compare').length === 1
  const entries = series.map((each, index) => ({ ...each, colour: colours[index] }))
  const shown = isOfBars && isLone ? entries.filter(({ role }) => role === 'compare') : entries
  return (
    <ul className="legend">
      {shown.map((each, index) => (
        <li key={index}>
          <svg width="16" height="4" aria-hidden>
            <line
              x1="0"
              x2="16"
              y1="2"
              y2="2"
              stroke={each.colour}
              strokeWidth={each.role === 'compare' ? 2 : 3}
              strokeDasharray={each.role === 'compare' && !isOfBars ? '4 2' : undefined}
            />
          </svg>
          {say(each.name)}
        </li>
      ))}
    </ul>
  )
}
