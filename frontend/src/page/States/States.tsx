import { InboxOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { ApiError } from '../../api/client'
import type { NavRoom, Text } from '../../api/types'
import { Go } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import { problemWords } from './problem'
import './States.css'

/** A failure in words with a way on. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t, say } = useWords()
  const body = error instanceof ApiError ? error.body : null
  const { headline, details } = problemWords(body, { t, say })
  return (
    <div className="state state-error" role="alert">
      <WarningOutlined aria-hidden />
      <p className="state-what">{headline}</p>
      {details.map((detail) => (
        <p key={detail} className="state-where">
          {detail}
        </p>
      ))}
      {onRetry !== undefined && <Button onClick={onRetry}>{t('state.retry')}</Button>}
    </div>
  )
}

/** Nothing to show, and what to do about it. */
export function EmptyState({ text, toData = true }: { text?: Text | null; toData?: boolean }) {
  const { t, say } = useWords()
  return (
    <div className="state">
      <InboxOutlined aria-hidden />
      <p className="state-what">{say(text) || t('state.empty')}</p>
      {!text && <p>{t('state.empty_next')}</p>}
      {toData && <Go href="/data">{t('state.to_data')}</Go>}
    </div>
  )
}

/** A strip above a tile's content: what is missing or to be read with care. */
export function NoteStrip({ notes }: { notes: readonly (Text | null | undefined)[] }) {
  const { say } = useWords()
  const said = notes.map(say).filter(Boolean)
  if (said.length === 0) return null
  return (
    <ul className="note-strip">
      {said.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

export function LoadingPage() {
  const { t } = useWords()
  return (
    <div className="loading-page" role="status" aria-label={t('state.loading')}>
      <Skeleton active title={false} paragraph={{ rows: 2 }} />
      <div className="loading-cards">
        {[0, 1, 2, 3, 4, 5].map((n) => (
          <div key={n} className="card loading-card" />
        ))}
      </div>
      <div className="card loading-chart" />
    </div>
  )
}

/** A room that has no page yet says what would fill it; any other address is unknown. */
export function NotFound({ room }: { room: NavRoom | undefined }) {
  const { t, say } = useWords()
  return (
    <div className="card state state-page">
      <InboxOutlined aria-hidden />
      <p className="state-what">{room ? say(room.title) : t('app.not_found')}</p>
      <p>{room ? t('app.coming', { needs: say(room.needs) }) : t('app.not_found_next')}</p>
      <Go href={room ? '/data' : '/'}>{t(room ? 'state.to_data' : 'app.home')}</Go>
    </div>
  )
}
