import type { PageSpec } from '../../api/types'
import { Go } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import './RoomTabs.css'

interface RoomTabsProps {
  pages: readonly PageSpec[]
  current: PageSpec
}

/** The pages of a room side by side, where it has several. */
export function RoomTabs({ pages, current }: RoomTabsProps) {
  const { t, say } = useWords()
  const tabs = pages.flatMap((page) => {
    const tab = page.room === current.room ? page.tab : (page.strips[current.room] ?? null)
    return tab === null ? [] : [{ page, tab }]
  })
  if (tabs.length < 2 || current.tab === null) return null
  return (
    <nav className="room-tabs" aria-label={t('page.tabs')}>
      <ul>
        {tabs.map(({ page, tab }) => (
          <li key={page.id}>
            <Go href={page.path} current={page.id === current.id} className="room-tab">
              {say(tab)}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  )
}
