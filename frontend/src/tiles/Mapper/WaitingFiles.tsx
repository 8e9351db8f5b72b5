import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef } from 'react'
import { ApiError, postForm, postJson } from '../../api/client'
import type { WaitingFile, WaitingList } from '../../api/types'
import { Go, useView } from '../../app/navigation'
import { timeText } from '../../format/date'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { isLocked, PasswordQuestion } from '../../uploads/PasswordQuestion/PasswordQuestion'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import { fileUrl } from './useMapping'

/** The page of the mapper with one file on it. */
export function mapperHref(fileId: number | string): string {
  return `/data/map?file=${encodeURIComponent(String(fileId))}`
}

/** Files that no format knows, and a button for any other. */
export function WaitingFiles({ tile }: { tile: TileProps }) {
  const { t, say } = useWords()
  return (
    <WithData<WaitingList> tile={tile}>
      {({ data, isStale }) => (
        <TileFrame title={t('mapper.waiting')} help={say(tile.spec.help)} isStale={isStale}>
          <p className="map-lead">{t('mapper.lead')}</p>
          <PutIn />
          {data.files.length === 0 ? (
            <p className="map-none">{t('mapper.none')}</p>
          ) : (
            <ul className="map-files">
              {data.files.map((file) => (
                <WaitingLine key={file.id} file={file} />
              ))}
            </ul>
          )}
        </TileFrame>
      )}
    </WithData>
  )
}

function WaitingLine({ file }: { file: WaitingFile }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const putAway = useMutation({
    mutationFn: () => postJson(fileUrl(String(file.id), 'discard'), {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tile'] }),
  })
  return (
    <li className="map-file">
      <Go href={mapperHref(file.id)} label={t('mapper.open', { file: file.file })}>
        {file.file}
      </Go>
      <span className="map-quiet">
        {t('mapper.arrived')} <span className="digits">{timeText(file.arrived_at)}</span>
      </span>
      <Button
        size="small"
        aria-label={t('mapper.put_away_name', { file: file.file })}
        loading={putAway.isPending}
        onClick={() => putAway.mutate()}
      >
        {t('mapper.put_away')}
      </Button>
    </li>
  )
}

function PutIn() {
  const { t } = useWords()
  const { open } = useView()
  const input = useRef<HTMLInputElement>(null)
  const put = useMutation({
    mutationFn: ({ file, password }: { file: File; password?: string }) => {
      const form = new FormData()
      form.append('files', file, file.name)
      if (password !== undefined) form.append('password', password)
      return postForm<WaitingFile>('/api/v1/mapping/files', form)
    },
    onSuccess: ({ id }) => open(mapperHref(id)),
  })
  const code = put.error instanceof ApiError ? put.error.body.code : ''
  const locked = put.isError && isLocked(code) ? { code, file: put.variables.file } : null
  return (
    <>
      <Button type="primary" loading={put.isPending} onClick={() => input.current?.click()}>
        {t('mapper.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('mapper.choose')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) put.mutate({ file })
          event.target.value = ''
        }}
      />
      {locked !== null && (
        <PasswordQuestion
          code={locked.code}
          onAnswer={(password) => put.mutate({ file: locked.file, password })}
        />
      )}
      {put.isError && locked === null && <ErrorState error={put.error} />}
    </>
  )
}
