import { Button, Modal, Popconfirm } from 'antd'
import { useState } from 'react'
import type { AudienceList, AudienceRow } from '../../api/types'
import { countText } from '../../format/value'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import { Builder } from './Builder'
import { ExportPanel } from './ExportPanel'
import { draftOf, newDraft, type AudienceDraft } from './draft'
import { useRemove } from './useAudiences'
import './AudienceBuilder.css'

/** The saved audiences, and the builder of new ones. */
export default function Audiences(tile: TileProps) {
  const { t, say } = useWords()
  const [draft, setDraft] = useState<AudienceDraft | null>(null)
  const [exported, setExported] = useState<AudienceRow | null>(null)
  const remove = useRemove()
  return (
    <WithData<AudienceList> tile={tile} isEmpty={({ empty }) => empty !== null}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          isStale={isStale}
          actions={
            <Button size="small" onClick={() => setDraft(newDraft())}>
              {t('aud.new')}
            </Button>
          }
        >
          {remove.isError && <ErrorState error={remove.error} />}
          {data.audiences.length === 0 && <p className="aud-none">{t('aud.none')}</p>}
          <ul className="aud-list" aria-label={say(tile.spec.title)}>
            {data.audiences.map((each) => (
              <li key={each.name} className="aud-item">
                <div>
                  <p>
                    <b>{each.label}</b> <span>{t('aud.people', { n: countText(each.people) })}</span>
                  </p>
                  <p className="aud-small">
                    <code>{each.name}</code>{' '}
                    {each.as_of !== null && t('aud.as_of', { day: each.as_of, version: each.version })}
                  </p>
                </div>
                <span className="rule-buttons">
                  <Button size="small" onClick={() => setDraft(draftOf(each.document))}>
                    {t('aud.edit')}
                  </Button>
                  <Button size="small" onClick={() => setExported(each)}>
                    {t('aud.export')}
                  </Button>
                  <Popconfirm
                    title={t('aud.remove_sure')}
                    okText={t('aud.remove')}
                    cancelText={t('aud.cancel')}
                    onConfirm={() => remove.mutate(each.name)}
                  >
                    <Button size="small">{t('aud.remove')}</Button>
                  </Popconfirm>
                </span>
              </li>
            ))}
          </ul>
          <Modal
            open={draft !== null}
            title={t('aud.builder')}
            width={1080}
            footer={null}
            onCancel={() => setDraft(null)}
            destroyOnHidden
          >
            {draft !== null && <Builder start={draft} saved={data.audiences} onDone={() => setDraft(null)} />}
          </Modal>
          <Modal
            open={exported !== null}
            title={`${t('aud.export_title')} · ${exported?.label ?? ''}`}
            footer={null}
            onCancel={() => setExported(null)}
            destroyOnHidden
          >
            {exported !== null && <ExportPanel audience={exported} />}
          </Modal>
        </TileFrame>
      )}
    </WithData>
  )
}
