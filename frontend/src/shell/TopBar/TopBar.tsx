import {
  MenuOutlined,
  MoonOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  SettingOutlined,
  SunOutlined,
} from '@ant-design/icons'
import { Button, Popover } from 'antd'
import type { Meta, NavRoom } from '../../api/types'
import { Go } from '../../app/navigation'
import { useSettings, useWords } from '../../settings/SettingsProvider'
import { SettingsPanel } from '../SettingsPanel/SettingsPanel'
import { OWN_NAMES } from '../languages'
import './TopBar.css'

interface TopBarProps {
  title: string
  /** The room a page about one thing belongs to. */
  parent: NavRoom | null
  meta: Meta | undefined
  onMenu: () => void
  onSearch: () => void
  onHelp: () => void
}

export function TopBar({ title, parent, meta, onMenu, onSearch, onHelp }: TopBarProps) {
  const { t, say } = useWords()
  const { settings, change } = useSettings()
  const other = settings.lang === 'zh' ? 'en' : 'zh'
  const otherTheme = settings.theme === 'dark' ? 'light' : 'dark'
  return (
    <header className="topbar">
      <Button
        type="text"
        className="topbar-menu"
        icon={<MenuOutlined />}
        aria-label={t('app.menu')}
        onClick={onMenu}
      />
      <div className="topbar-title">
        {parent !== null && (
          <span className="topbar-parent">
            <Go href={parent.path}>{say(parent.title)}</Go>
            <span aria-hidden>/</span>
          </span>
        )}
        <h1>{title}</h1>
        {meta?.is_demo === true && <span className="tag">{t('app.demo')}</span>}
        {meta?.data_to != null && (
          <span className="topbar-asof">{t('app.as_of', { date: meta.data_to })}</span>
        )}
      </div>
      <div className="topbar-tools">
        <button
          type="button"
          className="topbar-search"
          onClick={onSearch}
          aria-label={`${t('search.placeholder')} /`}
          aria-keyshortcuts="/"
        >
          <SearchOutlined aria-hidden />
          <span>{t('search.placeholder')}</span>
          <kbd>/</kbd>
        </button>
        <Button
          type="text"
          className="topbar-lang"
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          onClick={() => change({ lang: other })}
        >
          {OWN_NAMES[other]}
        </Button>
        <Button
          type="text"
          icon={otherTheme === 'dark' ? <MoonOutlined /> : <SunOutlined />}
          aria-label={t(otherTheme === 'dark' ? 'settings.to_dark' : 'settings.to_light')}
          onClick={() => change({ theme: otherTheme })}
        />
        <Button
          type="text"
          className="topbar-help"
          icon={<QuestionCircleOutlined />}
          aria-label={t('help.open')}
          onClick={onHelp}
        />
        <Popover
          content={<SettingsPanel />}
          trigger="click"
          placement="bottomRight"
          title={t('settings.title')}
        >
          <Button type="text" icon={<SettingOutlined />} aria-label={t('settings.title')} />
        </Popover>
      </div>
    </header>
  )
}
