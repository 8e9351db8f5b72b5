import { useMemo, type Ref } from 'react'
import type { ChartData } from '../../api/types'
import { useView } from '../../app/navigation'
import { Chart, type ChartHandle } from '../../charts/Chart/Chart'
import { ChartTile } from '../../charts/ChartTile/ChartTile'
import { Legend } from '../../charts/Legend/Legend'
import { barOption, rankingHeight } from '../../charts/barOption'
import { barLabel } from '../../charts/chartLabel'
import { chartTable } from '../../charts/tabular'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'
import './BarChart.css'

interface DrawingProps {
  data: ChartData
  title: string
  height: string
  chart: Ref<ChartHandle>
}

function Drawing({ data, title, height, chart }: DrawingProps) {
  const { lang } = useWords()
  const palette = usePalette()
  const { open } = useView()
  const option = useMemo(() => barOption(data, { lang, palette }), [data, lang, palette])
  const pick = (at: number) => {
    const href = data.href?.[at]
    if (href) open(href)
  }
  const drawing = (className: string) => (
    <Chart
      ref={chart}
      option={option}
      label={barLabel(title, data, lang)}
      className={className}
      onPick={pick}
    />
  )
  if (data.x_kind === 'date') return drawing(`tile-height-${height}`)
  return (
    <div className={`ranking tile-height-${height}`} tabIndex={0} role="group" aria-label={title}>
      <div style={{ height: rankingHeight(data.x.length) }}>{drawing('ranking-drawing')}</div>
    </div>
  )
}

/** A ranking, or columns when the items are dates. */
export default function BarChart(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<ChartData> tile={tile} isEmpty={(data) => data.x.length === 0}>
      {({ data, isStale }) => {
        const title = data.title ?? tile.spec.title
        return (
          <ChartTile
            tile={{ ...tile, spec: { ...tile.spec, title } }}
            data={data}
            table={chartTable(data)}
            isStale={isStale}
            legend={<Legend series={data.series} isOfBars />}
          >
            {(chart) => <Drawing data={data} title={say(title)} height={tile.height ?? 'm'} chart={chart} />}
          </ChartTile>
        )
      }}
    </WithData>
  )
}
