import { Tooltip } from 'antd'
import { Go, useView } from '../../app/navigation'
import type { NavRoom } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { RoomIcon } from '../icons'
import './Nav.css'

export function isCurrent(room: NavRoom, pathname: string): boolean {
  return room.path === '/' ? pathname === '/' : pathname === room.path || pathname.startsWith(`${room.path}/`)
}

interface NavProps {
  rooms: readonly NavRoom[]
  /** The room of the page on screen, when its path does not say it. */
  currentRoom?: string
  onGo?: () => void
}

/** The rooms of the workbench. A room without data stays in place and says which file would fill it. */
export function Nav({ rooms, currentRoom, onGo }: NavProps) {
  const { t, say } = useWords()
  const { page } = useView()
  const byPath = rooms.some((room) => isCurrent(room, page.pathname))
  return (
    <nav className="nav" aria-label={t('app.rooms')}>
      <div className="nav-brand">
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <span>{t('app.name')}</span>
      </div>
      <ul>
        {rooms.map((room) => {
          const current = byPath ? isCurrent(room, page.pathname) : room.room === currentRoom
          const needs = room.has_data ? '' : say(room.needs) || t('app.empty_room')
          const link = (
            <Go
              href={room.path}
              current={current}
              className={room.has_data ? 'nav-room' : 'nav-room is-empty'}
              onGo={onGo}
            >
              <RoomIcon icon={room.icon} room={room.room} />
              <span className="nav-title">{say(room.title)}</span>
              {needs !== '' && <span className="nav-needs">{needs}</span>}
            </Go>
          )
          return (
            <li key={room.room}>
              {needs === '' ? (
                link
              ) : (
                <Tooltip title={needs} placement="right">
                  <div>{link}</div>
                </Tooltip>
              )}
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
