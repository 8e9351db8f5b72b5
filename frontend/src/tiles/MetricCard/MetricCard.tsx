import type { MetricCardData } from '../../api/types'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { timeText } from '../../format/date'
import { Sources } from './Sources'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import './MetricCard.css'

const UNITS = [
  'money',
  'count',
  'ratio',
  'days',
  'hours',
  'minutes',
  'text',
  'date',
  'time',
  'status',
] as const

/** What a metric means, where it comes from and how it is known. */
export default function MetricCard(tile: TileProps) {
  const { t, say } = useWords()
  const unitName = (unit: string) => {
    const known = UNITS.find((each) => each === unit)
    return known === undefined ? unit : t(`unit.${known}`)
  }
  return (
    <WithData<MetricCardData> tile={tile}>
      {({ data, isStale }) => {
        const facts: [string, string][] = [
          [t('card.formula'), say(data.formula)],
          [t('card.base'), say(data.base)],
          [t('card.unit'), unitName(data.unit)],
          [t('card.source'), say(data.source)],
          [t('card.owner'), say(data.owner)],
          [t('card.freshness'), timeText(say(data.freshness))],
          [t('card.evidence'), t(`evidence.${data.evidence}`)],
          [t('card.catalogue'), data.catalogue_ids.join(', ')],
          [t('card.version'), String(data.version)],
        ]
        return (
          <TileFrame
            title={say(tile.spec.title) || say(data.label)}
            help={say(tile.spec.help)}
            beside={<EvidenceBadge evidence={data.evidence} />}
            isStale={isStale}
          >
            <NoteStrip notes={notesOf(data)} />
            <p className="metric-definition">{say(data.definition)}</p>
            <dl className="metric-facts">
              {facts
                .filter(([, text]) => text !== '')
                .map(([term, text]) => (
                  <div key={term}>
                    <dt>{term}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
            </dl>
            <Sources sources={data.sources} />
          </TileFrame>
        )
      }}
    </WithData>
  )
}
