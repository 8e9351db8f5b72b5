import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { LinkRow, LinksData } from '../../api/types'
import { refreshAll } from '../../jobs/jobs'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import './Links.css'

/** A form that builds tracking links, and those there are with their QR images and clicks. */
export default function Links(tile: TileProps) {
  const { say, t } = useWords()
  return (
    <WithData<LinksData> tile={tile}>
      {({ data }) => (
        <TileFrame title={say(tile.spec.title)}>
          <LinkForm data={data} />
          {data.links.length === 0 ? (
            <p className="links-empty">{t('link.empty')}</p>
          ) : (
            <ul className="links">
              {data.links.map((link) => (
                <Link key={link.code} link={link} />
              ))}
            </ul>
          )}
        </TileFrame>
      )}
    </WithData>
  )
}

function LinkForm({ data }: { data: LinksData }) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState<Record<string, string>>({ target: '', channel: 'feed_ads' })
  const set = (name: string, value: string) => setWanted({ ...wanted, [name]: value })
  const add = useMutation({
    mutationFn: () => postJson('/api/v1/traffic/links', wanted),
    onSuccess: () => {
      refreshAll(queries)
      void message.success(t('link.made'))
    },
  })
  return (
    <form
      className="link-form"
      aria-label={t('link.add')}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <label className="link-wide">
        <span>{t('link.target')}</span>
        <Input
          value={wanted.target}
          placeholder="https://"
          onChange={(event) => set('target', event.target.value)}
        />
      </label>
      <label>
        <span>{t('link.channel')}</span>
        <Select
          value={wanted.channel}
          aria-label={t('link.channel')}
          options={data.channels.map((each) => ({ value: each.name, label: say(each.label) }))}
          onChange={(value: string) => set('channel', value)}
        />
      </label>
      {data.tags.map((tag) => (
        <label key={tag.name}>
          <span>{say(tag.label)}</span>
          <Input value={wanted[tag.name] ?? ''} onChange={(event) => set(tag.name, event.target.value)} />
        </label>
      ))}
      <label>
        <span>{t('link.click_id')}</span>
        <Select
          value={wanted.click_id ?? ''}
          aria-label={t('link.click_id')}
          options={[
            { value: '', label: t('link.none') },
            ...data.click_ids.map((each) => ({ value: each, label: each })),
          ]}
          onChange={(value: string) => set('click_id', value)}
        />
      </label>
      <label>
        <span>{t('link.remark')}</span>
        <Input value={wanted.remark ?? ''} onChange={(event) => set('remark', event.target.value)} />
      </label>
      <p className="link-wide">{t('link.exclusive')}</p>
      {add.isError && <ErrorState error={add.error} />}
      <Button htmlType="submit" type="primary" disabled={wanted.target === ''} loading={add.isPending}>
        {t('link.add')}
      </Button>
    </form>
  )
}

function Link({ link }: { link: LinkRow }) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => postJson(`/api/v1/traffic/links/${encodeURIComponent(link.code)}/remove`, {}),
    onSuccess: () => {
      refreshAll(queries)
      void message.success(t('link.removed'))
    },
  })
  const copy = () => {
    void navigator.clipboard.writeText(link.address).then(() => message.success(t('link.copied')))
  }
  return (
    <li>
      <img src={link.qr} alt={`${t('link.qr')} ${link.code}`} width={96} height={96} />
      <div>
        <strong>
          {say(link.label)} {Object.values(link.tags).join(' › ')}
        </strong>
        <code>{link.address}</code>
        <span className="link-foot">
          <a href={link.short}>{link.short}</a>
          <span>
            {t('link.clicks')} {link.clicks}
          </span>
          {link.bots > 0 && (
            <span>
              {t('link.bots')} {link.bots}
            </span>
          )}
          {link.remark && <span>{link.remark}</span>}
        </span>
      </div>
      <div className="link-acts">
        <Button size="small" onClick={copy}>
          {t('link.copy')}
        </Button>
        <Button size="small" danger loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('link.remove')}
        </Button>
      </div>
      {remove.isError && <ErrorState error={remove.error} />}
    </li>
  )
}
