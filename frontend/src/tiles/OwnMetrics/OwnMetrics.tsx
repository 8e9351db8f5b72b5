import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { OwnMetricList } from '../../api/types'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import { HistoryView } from './HistoryView'
import { OwnForm } from './OwnForm'
import { OwnItem } from './OwnItem'
import { NEW_METRIC, draftOf, type OwnDraft } from './draft'
import { useOwnRemove } from './useOwnMetrics'
import './OwnMetrics.css'

/** The metrics that the shop defines itself, and a form over the same model as their file. */
export default function OwnMetrics(tile: TileProps) {
  const { t, say } = useWords()
  const [draft, setDraft] = useState<OwnDraft | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const remove = useOwnRemove()
  return (
    <WithData<OwnMetricList> tile={tile}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          isStale={isStale}
          actions={
            <Button size="small" onClick={() => setDraft(NEW_METRIC)}>
              {t('own.new')}
            </Button>
          }
        >
          {remove.isError && <ErrorState error={remove.error} />}
          {data.metrics.length === 0 && <p className="own-none">{t('own.none')}</p>}
          <ul className="own-list" aria-label={say(tile.spec.title)}>
            {data.metrics.map((each) => (
              <OwnItem
                key={each.name}
                metric={each}
                onEdit={() => setDraft(draftOf(each.document))}
                onHistory={() => setShown(each.name)}
                onRemove={() => remove.mutate(each.name)}
              />
            ))}
          </ul>
          <Modal
            open={draft !== null}
            title={t(draft === NEW_METRIC ? 'own.new' : 'own.edit_title')}
            width={820}
            footer={null}
            onCancel={() => setDraft(null)}
            destroyOnHidden
          >
            {draft !== null && <OwnForm start={draft} choices={data} onDone={() => setDraft(null)} />}
          </Modal>
          <Modal
            open={shown !== null}
            title={`${shown ?? ''} · ${t('own.history')}`}
            footer={null}
            onCancel={() => setShown(null)}
            destroyOnHidden
          >
            {shown !== null && <HistoryView name={shown} />}
          </Modal>
        </TileFrame>
      )}
    </WithData>
  )
}
