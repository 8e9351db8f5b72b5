import type { MapDocument, MapTarget, Mapping } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { TileFrame } from '../Tile/TileFrame'
import { headerOf } from './mapDocument'
import { TargetLine } from './TargetLine'

interface TargetsProps {
  mapping: Mapping
  document: MapDocument
  onChange: (document: MapDocument) => void
}

interface Group {
  title: string
  targets: MapTarget[]
}

function groupsOf(targets: readonly MapTarget[], titleOf: (target: MapTarget) => string): Group[] {
  const groups: Group[] = []
  for (const target of targets) {
    const title = titleOf(target)
    const last = groups.at(-1)
    if (last !== undefined && last.title === title) last.targets.push(target)
    else groups.push({ title, targets: [target] })
  }
  return groups
}

/** The ledger's columns, group by group, each with a choice among the columns of the file. */
export function Targets({ mapping, document, onChange }: TargetsProps) {
  const { t, say } = useWords()
  const choices = mapping.columns.map(({ header }) => ({ value: header, label: header }))
  return (
    <TileFrame title={t('mapper.targets')} flush>
      <div className="map-scroll" tabIndex={0} role="group" aria-label={t('mapper.targets')}>
        {groupsOf(mapping.targets, (target) => say(target.group)).map((group, place) => {
          const mapped = group.targets.filter(({ name }) => headerOf(document, name) !== '')
          const title = t('mapper.group', {
            group: group.title,
            n: mapped.length,
            of: group.targets.length,
          })
          return (
            <details key={group.title} className="map-group" open={place === 0 || mapped.length > 0}>
              <summary>{title}</summary>
              {group.targets.map((target) => (
                <TargetLine
                  key={target.name}
                  target={target}
                  mapping={mapping}
                  choices={choices}
                  document={document}
                  onChange={onChange}
                />
              ))}
            </details>
          )
        })}
      </div>
    </TileFrame>
  )
}
