import type { Lang } from '../i18n/translate'

export interface Settings {
  lang: Lang
  theme: 'light' | 'dark'
  /** null follows the language: red means up in Chinese, green in English. */
  updown: 'red-up' | 'green-up' | null
  colourBy: 'outcome' | 'direction'
}

const KEY = 'zhanggui.settings'

function systemTheme(): 'light' | 'dark' {
  return window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.includes(value as T) ? (value as T) : otherwise
}

export function readSettings(storage: Pick<Storage, 'getItem'> = localStorage): Settings {
  let saved: Record<string, unknown> = {}
  try {
    saved = (JSON.parse(storage.getItem(KEY) ?? '{}') as Record<string, unknown> | null) ?? {}
  } catch {
    // A damaged entry counts as none.
  }
  return {
    lang: oneOf(saved.lang, ['zh', 'en'], 'zh'),
    theme: oneOf(saved.theme, ['light', 'dark'], systemTheme()),
    updown: saved.updown === 'red-up' || saved.updown === 'green-up' ? saved.updown : null,
    colourBy: oneOf(saved.colourBy, ['outcome', 'direction'], 'outcome'),
  }
}

export function saveSettings(settings: Settings, storage: Pick<Storage, 'setItem'> = localStorage): void {
  try {
    storage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

export function updownOf(settings: Settings): 'red-up' | 'green-up' {
  return settings.updown ?? (settings.lang === 'zh' ? 'red-up' : 'green-up')
}

export function applySettings(settings: Settings): void {
  const root = document.documentElement
  root.dataset.theme = settings.theme
  root.dataset.updown = updownOf(settings)
  root.lang = settings.lang === 'zh' ? 'zh-CN' : 'en'
}
