import { Button, Modal, Popconfirm } from 'antd'
import { useState } from 'react'
import type { TagLine, TagList } from '../../api/types'
import { countText } from '../../format/value'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { TagForm } from './TagForm'
import { newTag, type TagDraft } from './draft'
import { useTagRemove } from './useTags'
import './Tags.css'

/** The shop's tags with rule, source, size and expiry, and a form for them. */
export default function Tags(tile: TileProps) {
  const { t, say } = useWords()
  const [draft, setDraft] = useState<TagDraft | null>(null)
  const remove = useTagRemove()
  const sources = (tag: TagLine) =>
    tag.source.map((each) => t(each === 'orders' ? 'tag.source.orders' : 'tag.source.events')).join(' + ')
  return (
    <WithData<TagList> tile={tile} isEmpty={({ empty }) => empty !== null}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          isStale={isStale}
          actions={
            <Button size="small" onClick={() => setDraft(newTag())}>
              {t('tag.new')}
            </Button>
          }
        >
          <NoteStrip notes={notesOf(data)} />
          {remove.isError && <ErrorState error={remove.error} />}
          {data.tags.length === 0 && <p className="tag-small">{t('tag.none')}</p>}
          <ul aria-label={say(tile.spec.title)}>
            {data.tags.map((tag) => (
              <li key={tag.name} className="tag-item">
                <div>
                  <p>
                    <b>{say(tag.label)}</b>{' '}
                    {tag.people !== null && <span>{t('tag.people', { n: countText(tag.people) })}</span>}
                  </p>
                  <p className="tag-small">{say(tag.rule)}</p>
                  <p className="tag-small">
                    <code>{tag.name}</code> {t('tag.from', { source: sources(tag) })}
                    {tag.needs_consent && ` · ${t('tag.consented')}`}
                  </p>
                </div>
                <span className="rule-buttons">
                  <Button size="small" onClick={() => setDraft(tag.document as unknown as TagDraft)}>
                    {t('tag.edit')}
                  </Button>
                  <Popconfirm
                    title={t('tag.remove_sure')}
                    okText={t('tag.remove')}
                    cancelText={t('tag.cancel')}
                    onConfirm={() => remove.mutate(tag.name)}
                  >
                    <Button size="small">{t('tag.remove')}</Button>
                  </Popconfirm>
                </span>
              </li>
            ))}
          </ul>
          <Modal
            open={draft !== null}
            title={t('tag.form')}
            width={820}
            footer={null}
            onCancel={() => setDraft(null)}
            destroyOnHidden
          >
            {draft !== null && <TagForm start={draft} choices={data} onDone={() => setDraft(null)} />}
          </Modal>
        </TileFrame>
      )}
    </WithData>
  )
}
