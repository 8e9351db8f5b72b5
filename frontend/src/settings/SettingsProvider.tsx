import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Text } from '../api/types'
import { pick, translate, type Fill, type Lang } from '../i18n/translate'
import type { Key } from '../i18n/zh'
import { paletteOf, type Palette } from '../tokens/tokens'
import { applySettings, readSettings, saveSettings, type Settings } from './settings'

interface SettingsContext {
  settings: Settings
  change: (part: Partial<Settings>) => void
}

const Context = createContext<SettingsContext | null>(null)

export function SettingsProvider({
  children,
  initial,
}: {
  children: ReactNode
  initial?: Partial<Settings>
}) {
  const [settings, setSettings] = useState<Settings>(() => ({ ...readSettings(), ...initial }))
  useEffect(() => applySettings(settings), [settings])
  const change = useCallback((part: Partial<Settings>) => {
    setSettings((before) => {
      const after = { ...before, ...part }
      saveSettings(after)
      return after
    })
  }, [])
  const value = useMemo(() => ({ settings, change }), [settings, change])
  return <Context.Provider value={value}>{children}</Context.Provider>
}

export function useSettings(): SettingsContext {
  const context = useContext(Context)
  if (context === null) throw new Error('useSettings needs a SettingsProvider above it')
  return context
}

export interface Words {
  lang: Lang
  t: (key: Key, fill?: Fill) => string
  say: (text: Text | string | null | undefined) => string
}

/** The words of the chosen language: `t` for the workbench's own, `say` for texts from the server. */
export function useWords(): Words {
  const { lang } = useSettings().settings
  return useMemo(
    () => ({ lang, t: (key, fill) => translate(lang, key, fill), say: (text) => pick(text, lang) }),
    [lang],
  )
}

export function usePalette(): Palette {
  return paletteOf(useSettings().settings.theme)
}
