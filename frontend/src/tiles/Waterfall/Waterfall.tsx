import { useMemo } from 'react'
import type { WaterfallData } from '../../api/types'
import { useView } from '../../app/navigation'
import { usePhone } from '../../app/usePhone'
import { Chart } from '../../charts/Chart/Chart'
import { ChartTile } from '../../charts/ChartTile/ChartTile'
import { rankingHeight } from '../../charts/barOption'
import { waterfallLabel } from '../../charts/chartLabel'
import { waterfallTable } from '../../charts/tabular'
import { waterfallOption } from '../../charts/waterfallOption'
import { usePalette, useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'

/** From one amount to another, step by step; the table switch gives the same steps as rows. */
export default function Waterfall(tile: TileProps) {
  const { lang, say } = useWords()
  const { open } = useView()
  const palette = usePalette()
  const isNarrow = usePhone()
  const context = useMemo(() => ({ lang, palette, isNarrow }), [isNarrow, lang, palette])
  return (
    <WithData<WaterfallData> tile={tile} isEmpty={(data) => data.steps.length === 0}>
      {({ data, isStale }) => (
        <ChartTile tile={tile} data={data} table={waterfallTable(data)} isStale={isStale}>
          {(chart) => (
            <div style={{ height: rankingHeight(data.steps.length) }}>
              <Chart
                ref={chart}
                option={waterfallOption(data, context)}
                label={waterfallLabel(say(tile.spec.title), data, lang)}
                className="ranking-drawing"
                onPick={(at) => {
                  const href = data.steps[at]?.href
                  if (href) open(href)
                }}
              />
            </div>
          )}
        </ChartTile>
      )}
    </WithData>
  )
}
