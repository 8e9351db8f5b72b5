import type { FunnelData, FunnelStage } from '../../api/types'
import { useView } from '../../app/navigation'
import { ChartTile } from '../../charts/ChartTile/ChartTile'
import { funnelTable } from '../../charts/tabular'
import { fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { WithData } from '../Tile/WithData'
import './Funnel.css'

interface StageProps {
  stage: FunnelStage
  data: FunnelData
}

/** The rate from the step before, what it was in the compared period, and what those who left were worth. */
function Passage({ stage, data }: StageProps) {
  const { lang, t } = useWords()
  if (stage.of_previous === null) return null
  const rate = (value: number | null) => fullText(value, 'ratio', null, lang)
  return (
    <div className={stage.is_worst ? 'funnel-passage funnel-worst' : 'funnel-passage'}>
      <span aria-hidden="true">↓</span>
      <span className="figure">{rate(stage.of_previous)}</span>
      {stage.of_previous_before !== null && (
        <span className="funnel-quiet">{t('funnel.was', { rate: rate(stage.of_previous_before) })}</span>
      )}
      {stage.money !== null && (
        <span>{t('funnel.costs', { money: fullText(stage.money, 'money', data.currency, lang) })}</span>
      )}
      {stage.is_worst && <b>{t('funnel.worst')}</b>}
    </div>
  )
}

function Stage({ stage, data }: StageProps) {
  const { lang, say, t } = useWords()
  const { open } = useView()
  const { href } = stage
  const name = say(stage.label)
  return (
    <li>
      <Passage stage={stage} data={data} />
      <div className="funnel-stage">
        {href ? (
          <button type="button" className="funnel-name funnel-open" onClick={() => open(href)}>
            {name}
          </button>
        ) : (
          <span className="funnel-name">{name}</span>
        )}
        <span className="funnel-track" aria-hidden="true">
          <span className="funnel-bar" style={{ width: `${(stage.of_first ?? 0) * 100}%` }} />
        </span>
        <span className="figure">{fullText(stage.value, data.unit, null, lang)}</span>
        <span className="funnel-quiet figure" title={t('funnel.of_first')}>
          {fullText(stage.of_first, 'ratio', null, lang)}
        </span>
      </div>
    </li>
  )
}

/** Who is left at each step; between the steps stands what passed and what leaving cost. */
export default function Funnel(tile: TileProps) {
  return (
    <WithData<FunnelData> tile={tile} isEmpty={(data) => data.stages.length === 0}>
      {({ data, isStale }) => (
        <ChartTile tile={tile} data={data} table={funnelTable(data)} isStale={isStale} hasPicture={false}>
          {() => (
            <ol className="funnel">
              {data.stages.map((stage) => (
                <Stage key={stage.key} stage={stage} data={data} />
              ))}
            </ol>
          )}
        </ChartTile>
      )}
    </WithData>
  )
}
