import type { Series } from '../../api/types'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import { seriesColours } from '../seriesColours'
import './Legend.css'

/** Names of the lines, in the card's title line. A single line is named by the title. */
export function Legend({ series }: { series: readonly Series[] }) {
  const { say } = useWords()
  const palette = usePalette()
  if (series.length < 2) return null
  const colours = seriesColours(series, palette)
  return (
    <ul className="legend">
      {series.map((each, index) => (
        <li key={index}>
          <svg width="16" height="4" aria-hidden>
            <line
              x1="0"
              x2="16"
              y1="2"
              y2="2"
              stroke={colours[index]}
              strokeWidth={each.role === 'compare' ? 2 : 3}
              strokeDasharray={each.role === 'compare' ? '4 2' : undefined}
            />
          </svg>
          {say(each.name)}
        </li>
      ))}
    </ul>
  )
}
