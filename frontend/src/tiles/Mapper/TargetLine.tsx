import { Select } from 'antd'
import type { MapDocument, MapTarget, Mapping } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { Choose, type Choice } from './Field'
import { certainty, guessBehind, headerOf, withEntry, withPart } from './mapDocument'

interface TargetLineProps {
  target: MapTarget
  mapping: Mapping
  choices: readonly Choice[]
  document: MapDocument
  onChange: (document: MapDocument) => void
}

/** One of the ledger's columns and the column of the file that carries it. */
export function TargetLine({ target, mapping, choices, document, onChange }: TargetLineProps) {
  const { t, say } = useWords()
  const name = say(target.label)
  const header = headerOf(document, target.name)
  const guess = guessBehind(document, mapping.guesses, target.name)
  const labelOf = (each: string) => say(mapping.targets.find((other) => other.name === each)?.label) || each
  return (
    <div className="map-target">
      <div className="map-target-name">
        <span>{name}</span>
        {target.needed.length === 1 && <span className="map-needed">{t('mapper.required')}</span>}
        {target.needed.length > 1 && (
          <span className="map-needed is-one-of">
            {t('mapper.one_of', { columns: target.needed.map(labelOf).join(t('mapper.or')) })}
          </span>
        )}
        {target.note !== null && <span className="map-quiet">{say(target.note)}</span>}
        {target.is_personal && <span className="map-quiet">{t('mapper.personal')}</span>}
      </div>
      <div>
        <Choose
          label={t('mapper.pick', { name })}
          value={header}
          choices={choices}
          none={t('mapper.no_column')}
          onChoose={(chosen) => onChange(withEntry(document, 'columns', target.name, chosen))}
        />
        {header !== '' && (
          <p className={`map-why is-${guess === undefined ? 'chosen' : certainty(guess.score)}`}>
            {guess === undefined
              ? t('mapper.chosen')
              : `${t(`mapper.certainty.${certainty(guess.score)}`)} · ${say(guess.reason)}`}
          </p>
        )}
        {target.is_amount && header !== '' && (
          <Parts target={target} name={name} choices={choices} document={document} onChange={onChange} />
        )}
      </div>
    </div>
  )
}

type PartsProps = Omit<TargetLineProps, 'mapping'> & { name: string }

/** Further columns that make up an amount: ledgers keep income and expense apart, reports discount by discount. */
function Parts({ target, name, choices, document, onChange }: PartsProps) {
  const { t } = useWords()
  const sections = [
    ['added', t('mapper.plus')],
    ['subtracted', t('mapper.minus')],
  ] as const
  const isOpen = sections.some(([section]) => (document[section]?.[target.name] ?? []).length > 0)
  return (
    <details className="map-parts" open={isOpen}>
      <summary>
        {t('mapper.plus')} / {t('mapper.minus')}
      </summary>
      {sections.map(([section, what]) => (
        <div key={section} className="map-part">
          <span>{what}</span>
          <Select
            mode="multiple"
            size="small"
            value={document[section]?.[target.name] ?? []}
            options={[...choices]}
            aria-label={t('mapper.parts_of', { name, what })}
            onChange={(headers: string[]) => onChange(withPart(document, section, target.name, headers))}
          />
        </div>
      ))}
    </details>
  )
}
