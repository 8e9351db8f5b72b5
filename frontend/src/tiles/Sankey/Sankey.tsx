import { useMemo, type Ref } from 'react'
import type { SankeyData } from '../../api/types'
import { useView } from '../../app/navigation'
import { usePhone } from '../../app/usePhone'
import { Chart, type ChartHandle, type Picked } from '../../charts/Chart/Chart'
import { ChartTile } from '../../charts/ChartTile/ChartTile'
import { sankeyLabel } from '../../charts/chartLabel'
import { sankeyHeight, sankeyOption, sankeyWidth } from '../../charts/sankeyOption'
import { sankeyTable } from '../../charts/tabular'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'
import './Sankey.css'

interface DrawingProps {
  data: SankeyData
  title: string
  chart: Ref<ChartHandle>
}

function Drawing({ data, title, chart }: DrawingProps) {
  const { lang } = useWords()
  const palette = usePalette()
  const isNarrow = usePhone()
  const { open } = useView()
  const option = useMemo(() => sankeyOption(data, { lang, palette }), [data, lang, palette])
  const pick = (at: number, { dataType }: Picked) => {
    const href = dataType === 'edge' ? data.links[at]?.href : data.nodes[at]?.href
    if (href) open(href)
  }
  return (
    <div className="sankey" tabIndex={0} role="group" aria-label={title}>
      <div style={{ height: sankeyHeight(data), minWidth: isNarrow ? sankeyWidth(data) : undefined }}>
        <Chart
          ref={chart}
          option={option}
          label={sankeyLabel(title, data, lang)}
          className="sankey-drawing"
          onPick={pick}
        />
      </div>
    </div>
  )
}

/** What flows from where to where; the table switch gives every band as a row. */
export default function Sankey(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<SankeyData> tile={tile} isEmpty={(data) => data.links.length === 0}>
      {({ data, isStale }) => (
        <ChartTile tile={tile} data={data} table={sankeyTable(data)} isStale={isStale}>
          {(chart) => <Drawing data={data} title={say(tile.spec.title)} chart={chart} />}
        </ChartTile>
      )}
    </WithData>
  )
}
