import { useMemo, type Ref } from 'react'
import type { HeatmapData } from '../../api/types'
import { usePhone } from '../../app/usePhone'
import { Chart, type ChartHandle } from '../../charts/Chart/Chart'
import { ChartTile } from '../../charts/ChartTile/ChartTile'
import { heatmapLabel } from '../../charts/chartLabel'
import { heatmapOption } from '../../charts/heatmapOption'
import { heatmapTable } from '../../charts/tabular'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'

function Drawing({
  data,
  title,
  height,
  chart,
}: {
  data: HeatmapData
  title: string
  height: string
  chart: Ref<ChartHandle>
}) {
  const { lang } = useWords()
  const palette = usePalette()
  const isNarrow = usePhone()
  const option = useMemo(
    () => heatmapOption(data, { lang, palette, isNarrow }),
    [data, lang, palette, isNarrow],
  )
  return (
    <Chart
      ref={chart}
      option={option}
      label={heatmapLabel(title, data, lang)}
      className={`tile-height-${height}`}
    />
  )
}

/** When it happens: rows by columns, darker is more. */
export default function Heatmap(tile: TileProps) {
  const { say } = useWords()
  const isEmpty = (data: HeatmapData) => data.rows.length === 0 || data.cols.length === 0 || !data.max
  return (
    <WithData<HeatmapData> tile={tile} isEmpty={isEmpty}>
      {({ data, isStale }) => (
        <ChartTile tile={tile} data={data} table={heatmapTable(data)} isStale={isStale}>
          {(chart) => (
            <Drawing data={data} title={say(tile.spec.title)} height={tile.height ?? 'm'} chart={chart} />
          )}
        </ChartTile>
      )}
    </WithData>
  )
}
