import { useMemo, type Ref } from 'react'
import { useMeta } from '../../api/queries'
import type { ChartData } from '../../api/types'
import { useView } from '../../app/navigation'
import { usePhone } from '../../app/usePhone'
import { Chart, type ChartHandle } from '../../charts/Chart/Chart'
import { ChartTile } from '../../charts/ChartTile/ChartTile'
import { Legend } from '../../charts/Legend/Legend'
import { lineLabel } from '../../charts/chartLabel'
import { lineOption } from '../../charts/lineOption'
import { chartTable } from '../../charts/tabular'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'

interface DrawingProps {
  data: ChartData
  title: string
  height: string
  chart: Ref<ChartHandle>
}

function Drawing({ data, title, height, chart }: DrawingProps) {
  const { lang } = useWords()
  const palette = usePalette()
  const isNarrow = usePhone()
  const { open } = useView()
  const promotions = useMeta().data?.promotions
  const option = useMemo(
    () => lineOption(data, { lang, palette, promotions: promotions ?? [], isNarrow }),
    [data, lang, palette, promotions, isNarrow],
  )
  const pick = (at: number) => {
    const href = data.href?.[at]
    if (href) open(href)
  }
  return (
    <Chart
      ref={chart}
      option={option}
      label={lineLabel(title, data, lang)}
      className={`tile-height-${height}`}
      onPick={pick}
    />
  )
}

/** Values over time. */
export default function LineChart(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<ChartData> tile={tile} isEmpty={(data) => data.x.length === 0}>
      {({ data, isStale }) => (
        <ChartTile
          tile={tile}
          data={data}
          table={chartTable(data)}
          isStale={isStale}
          legend={<Legend series={data.series} />}
        >
          {(chart) => (
            <Drawing data={data} title={say(tile.spec.title)} height={tile.height ?? 'm'} chart={chart} />
          )}
        </ChartTile>
      )}
    </WithData>
  )
}
