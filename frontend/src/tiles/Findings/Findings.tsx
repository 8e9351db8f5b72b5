import { RightOutlined } from '@ant-design/icons'
import type { Finding, FindingsData } from '../../api/types'
import { Go } from '../../app/navigation'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { figure, fullText } from '../../format/value'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import './Findings.css'

function FindingLine({ finding }: { finding: Finding }) {
  const { lang, t, say } = useWords()
  const { prefix, digits, suffix } = figure(finding.money, 'money', finding.currency, lang)
  const inner = (
    <>
      <span className="finding-words">
        {finding.title !== null && (
          <span className="finding-title">
            {say(finding.title)} <EvidenceBadge evidence={finding.evidence} />
          </span>
        )}
        <span className="finding-text">
          {say(finding.text)} {finding.title === null && <EvidenceBadge evidence={finding.evidence} />}
        </span>
        {finding.cause !== null && <span className="finding-text">{say(finding.cause)}</span>}
      </span>
      {finding.money !== null && (
        <span
          className="finding-money digits"
          title={`${t('findings.money')} ${fullText(finding.money, 'money', finding.currency, lang)}`}
        >
          {prefix}
          {digits}
          {suffix !== '' && <span className="kpi-unit">{suffix}</span>}
        </span>
      )}
      {finding.href !== null && <RightOutlined className="finding-arrow" aria-hidden />}
    </>
  )
  return finding.href === null ? (
    <div className="finding">{inner}</div>
  ) : (
    <Go href={finding.href} className="finding">
      {inner}
    </Go>
  )
}

/** What is true, each with the money it concerns. */
export default function Findings(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<FindingsData> tile={tile} isEmpty={(data) => data.items.length === 0}>
      {({ data, isStale }) => (
        <TileFrame title={say(tile.spec.title)} help={say(tile.spec.help)} isStale={isStale}>
          <NoteStrip notes={notesOf(data)} />
          <ol className="findings">
            {data.items.map((finding, index) => (
              <li key={index}>
                <FindingLine finding={finding} />
              </li>
            ))}
          </ol>
        </TileFrame>
      )}
    </WithData>
  )
}
