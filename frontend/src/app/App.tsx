import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { BrowserRouter } from 'react-router'
import { makeQueryClient } from '../api/queries'
import { SettingsProvider, useSettings } from '../settings/SettingsProvider'
import { Shell } from '../shell/Shell/Shell'
import { NavigationProvider } from './navigation'
import { antdThemeOf } from './theme'

function useReducedMotion(): boolean {
  const [reduced] = useState(() => window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false)
  return reduced
}

/** antd dressed in our tokens and language. */
export function Dressed({ children }: { children: ReactNode }) {
  const { lang, theme } = useSettings().settings
  const reducedMotion = useReducedMotion()
  useEffect(() => void dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en'), [lang])
  const dress = useMemo(() => antdThemeOf(theme, reducedMotion), [theme, reducedMotion])
  return (
    <ConfigProvider
      theme={dress}
      locale={lang === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp message={{ maxCount: 2 }}>{children}</AntApp>
    </ConfigProvider>
  )
}

export function App({ client }: { client?: QueryClient }) {
  const [queries] = useState(() => client ?? makeQueryClient())
  return (
    <QueryClientProvider client={queries}>
      <SettingsProvider>
        <Dressed>
          <BrowserRouter>
            <NavigationProvider>
              <Shell />
            </NavigationProvider>
          </BrowserRouter>
        </Dressed>
      </SettingsProvider>
    </QueryClientProvider>
  )
}
