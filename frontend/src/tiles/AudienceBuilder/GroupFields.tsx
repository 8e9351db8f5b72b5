import { Button, Checkbox, Select } from 'antd'
import type { AudienceChoices } from '../../api/types'
import { countText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { Field } from '../AlertRules/Field'
import { LeafFields } from './LeafFields'
import { KINDS, isGroup, newLeaf, newLine, type Group, type Kind, type Leaf, type Line } from './draft'

const DEEPEST = 3

interface GroupFieldsProps {
  group: Group
  choices: AudienceChoices
  /** How many people each condition holds for by itself. */
  alone: ReadonlyMap<Leaf, number>
  depth?: number
  onChange: (group: Group) => void
}

/** Conditions joined by all or any; a group may stand among them. */
export function GroupFields({ group, choices, alone, depth = 1, onChange }: GroupFieldsProps) {
  const { t } = useWords()
  const put = (id: number, part: Partial<Line>) =>
    onChange({ ...group, of: group.of.map((line) => (line.id === id ? { ...line, ...part } : line)) })
  const add = (node: Leaf | Group) => onChange({ ...group, of: [...group.of, newLine(node)] })
  return (
    <div className="aud-group" role="group" aria-label={t(`aud.${group.kind}`)}>
      <Select
        value={group.kind}
        aria-label={t('aud.joined')}
        options={(['all', 'any'] as const).map((value) => ({ value, label: t(`aud.${value}`) }))}
        onChange={(kind) => onChange({ ...group, kind })}
      />
      {group.of.map((line, at) => {
        const { node } = line
        const count = isGroup(node) ? undefined : alone.get(node)
        return (
          <div key={line.id} className="aud-line">
            <div className="aud-line-head">
              <Checkbox
                checked={line.isNot}
                onChange={(event) => put(line.id, { isNot: event.target.checked })}
              >
                {t('aud.not')}
              </Checkbox>
              {count !== undefined && (
                <span className="aud-alone">{t('aud.alone', { n: countText(count) })}</span>
              )}
              <Button
                size="small"
                aria-label={t('aud.drop', { n: at + 1 })}
                onClick={() => onChange({ ...group, of: group.of.filter(({ id }) => id !== line.id) })}
              >
                ×
              </Button>
            </div>
            {isGroup(node) ? (
              <GroupFields
                group={node}
                choices={choices}
                alone={alone}
                depth={depth + 1}
                onChange={(found) => put(line.id, { node: found })}
              />
            ) : (
              <div className="rule-fields aud-fields">
                <Field label={t('aud.kind')} isWrong={false}>
                  <Select<Kind>
                    value={node.kind}
                    aria-label={t('aud.kind')}
                    options={KINDS.map((value) => ({ value, label: t(`aud.kind.${value}`) }))}
                    onChange={(kind) => put(line.id, { node: newLeaf(kind) })}
                  />
                </Field>
                <LeafFields
                  key={node.kind}
                  leaf={node}
                  choices={choices}
                  onChange={(found) => put(line.id, { node: found })}
                />
              </div>
            )}
          </div>
        )
      })}
      <div className="aud-adds">
        <Button size="small" onClick={() => add(newLeaf('metric'))}>
          {t('aud.add')}
        </Button>
        {depth < DEEPEST && (
          <Button size="small" onClick={() => add({ kind: 'any', of: [newLine(newLeaf('segment'))] })}>
            {t('aud.add_group')}
          </Button>
        )}
      </div>
    </div>
  )
}
