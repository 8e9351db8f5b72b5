import { CaretDownFilled, CaretRightFilled } from '@ant-design/icons'
import { useState } from 'react'
import type { TreeData, TreeNode } from '../../api/types'
import { Go } from '../../app/navigation'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { fullText } from '../../format/value'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { Change } from '../Kpis/Change'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { hasParts, shownNodes } from './nodes'
import './Tree.css'

interface NodeNameProps {
  node: TreeNode
  isOpen: boolean
  canOpen: boolean
  onToggle: () => void
}

function NodeName({ node, isOpen, canOpen, onToggle }: NodeNameProps) {
  const { t, say } = useWords()
  const label = say(node.label)
  return (
    <th scope="row">
      <span className="tree-name" style={{ paddingLeft: `calc(${node.depth} * var(--tree-step))` }}>
        {canOpen ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={`${t(isOpen ? 'tree.fold' : 'tree.unfold')}: ${label}`}
            onClick={onToggle}
          >
            {isOpen ? <CaretDownFilled aria-hidden /> : <CaretRightFilled aria-hidden />}
          </button>
        ) : (
          <span className="tree-leaf" aria-hidden />
        )}
        {node.operator !== '' && <span className="tree-operator">{node.operator}</span>}
        <span>
          {node.href === null ? label : <Go href={node.href}>{label}</Go>}{' '}
          <EvidenceBadge evidence={node.evidence} />
        </span>
      </span>
    </th>
  )
}

function TreeTable({ data, name }: { data: TreeData; name: string }) {
  const { lang, t, say } = useWords()
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const toggle = (place: number) => {
    const next = new Set(folded)
    if (!next.delete(place)) next.add(place)
    setFolded(next)
  }
  const hasChange = data.nodes.some((node) => node.change !== null || node.effect !== null)
  const hasTarget = data.nodes.some((node) => node.target !== null)
  return (
    <div className="tree" tabIndex={0} role="region" aria-label={name}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('tree.metric')}</th>
            <th scope="col">{t('tree.value')}</th>
            {hasChange && <th scope="col">{t('tree.change')}</th>}
            {hasChange && <th scope="col">{t('tree.effect')}</th>}
            {hasTarget && <th scope="col">{t('tree.target')}</th>}
            <th scope="col">{t('tree.owner')}</th>
          </tr>
        </thead>
        <tbody>
          {shownNodes(data.nodes, folded).map(({ node, place }) => (
            <tr key={place} className={node.depth === 0 ? 'is-root' : ''}>
              <NodeName
                node={node}
                canOpen={hasParts(data.nodes, place)}
                isOpen={!folded.has(place)}
                onToggle={() => toggle(place)}
              />
              <td>{fullText(node.value, node.unit, data.currency, lang)}</td>
              {hasChange && (
                <td>
                  {node.change !== null && (
                    <Change change={node.change} kind={node.change_kind} good={node.good} compare="none" />
                  )}
                </td>
              )}
              {hasChange && (
                <td>
                  {node.effect === null ? '' : fullText(node.effect, node.effect_unit, data.currency, lang)}
                </td>
              )}
              {hasTarget && (
                <td>{node.target === null ? '' : fullText(node.target, node.unit, data.currency, lang)}</td>
              )}
              <td className="tree-owner">{say(node.owner)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a metric is made of, down to what somebody can turn. */
export default function Tree(tile: TileProps) {
  const { t, say } = useWords()
  const title = say(tile.spec.title) || t('tile.untitled')
  return (
    <WithData<TreeData> tile={tile} isEmpty={(data) => data.nodes.length === 0}>
      {({ data, isStale }) => (
        <TileFrame title={title} help={say(tile.spec.help)} isStale={isStale} flush>
          <NoteStrip notes={notesOf(data)} />
          <TreeTable data={data} name={title} />
        </TileFrame>
      )}
    </WithData>
  )
}
