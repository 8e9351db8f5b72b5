import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { RuleList } from '../../api/types'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import { RuleForm } from './RuleForm'
import { RuleItem } from './RuleItem'
import { NEW_RULE, type RuleDraft } from './draft'
import { useRuleChange } from './useRules'
import './AlertRules.css'

/** The rules of the shop, and a form over the same model as the file of rules. */
export default function AlertRules(tile: TileProps) {
  const { t, say } = useWords()
  const [draft, setDraft] = useState<RuleDraft | null>(null)
  const change = useRuleChange()
  return (
    <WithData<RuleList> tile={tile}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          isStale={isStale}
          actions={
            <Button size="small" onClick={() => setDraft(NEW_RULE)}>
              {t('rules.new')}
            </Button>
          }
        >
          {change.isError && <ErrorState error={change.error} />}
          <ul className="rules" aria-label={say(tile.spec.title)}>
            {data.rules.map((rule) => (
              <RuleItem
                key={rule.name}
                rule={rule}
                onSwitch={(is_on) => change.mutate({ name: rule.name, what: 'switch', body: { is_on } })}
                onForget={() => change.mutate({ name: rule.name, what: 'forget', body: {} })}
                onEdit={() => setDraft(rule.document as unknown as RuleDraft)}
              />
            ))}
          </ul>
          <Modal
            open={draft !== null}
            title={draft === NEW_RULE ? t('rules.new') : t('rules.edit')}
            width={820}
            footer={null}
            onCancel={() => setDraft(null)}
            destroyOnHidden
          >
            {draft !== null && <RuleForm start={draft} choices={data} onDone={() => setDraft(null)} />}
          </Modal>
        </TileFrame>
      )}
    </WithData>
  )
}
