import { useMemo, type Ref } from 'react'
import type { QuadrantsData } from '../../api/types'
import { useView } from '../../app/navigation'
import { Chart, type ChartHandle } from '../../charts/Chart/Chart'
import { ChartTile } from '../../charts/ChartTile/ChartTile'
import { quadrantsLabel } from '../../charts/chartLabel'
import { cornerColour, quadrantsOption } from '../../charts/quadrantsOption'
import { quadrantsTable } from '../../charts/tabular'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'
import { Borders } from './Borders'
import './Quadrants.css'

interface DrawingProps {
  data: QuadrantsData
  title: string
  height: string
  chart: Ref<ChartHandle>
}

function Drawing({ data, title, height, chart }: DrawingProps) {
  const { lang, say } = useWords()
  const palette = usePalette()
  const { open } = useView()
  const option = useMemo(() => quadrantsOption(data, { lang, palette }), [data, lang, palette])
  const pick = (at: number) => {
    const href = data.points[at]?.href
    if (href) open(href)
  }
  return (
    <>
      <Chart
        ref={chart}
        option={option}
        label={quadrantsLabel(title, data, lang)}
        className={`tile-height-${height}`}
        onPick={pick}
      />
      <ul className="quadrants-actions">
        {data.quadrants.map(({ at, name, n, action }) => (
          <li key={at}>
            <i aria-hidden style={{ background: cornerColour(at, palette) }} />
            <b>
              {say(name)} {n}
            </b>
            {action && <span>{say(action)}</span>}
          </li>
        ))}
      </ul>
      {data.save_to && <Borders data={data} saveTo={data.save_to} />}
    </>
  )
}

/** Points between two borders: four named quadrants, each with what to do; the borders can be moved. */
export default function Quadrants(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<QuadrantsData> tile={tile} isEmpty={(data) => data.points.length === 0}>
      {({ data, isStale }) => (
        <ChartTile tile={tile} data={data} table={quadrantsTable(data)} isStale={isStale}>
          {(chart) => (
            <Drawing data={data} title={say(tile.spec.title)} height={tile.height ?? 'l'} chart={chart} />
          )}
        </ChartTile>
      )}
    </WithData>
  )
}
