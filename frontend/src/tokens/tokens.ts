/** The palette "ink and indigo": one source for antd, the charts and (through tokens.css) the style sheets. */
export interface Palette {
  bg: string
  surface: string
  sunken: string
  line: string
  ink: string
  ink2: string
  ink3: string
  primary: string
  primarySoft: string
  accent: string
  red: string
  green: string
  compare: string
  series: readonly string[]
  heat: readonly string[]
}

export const LIGHT: Palette = {
  bg: '#F4F5F2',
  surface: '#FFFFFF',
  sunken: '#FAFAF8',
  line: '#E4E6E1',
  ink: '#1D2529',
  ink2: '#56616A',
  ink3: '#69737B',
  primary: '#2F4F86',
  primarySoft: '#E9EEF6',
  accent: '#8F5E12',
  red: '#C8343B',
  green: '#1A7A55',
  compare: '#A9B1B8',
  series: ['#2F4F86', '#B97A1E', '#3F8C8C', '#8A6AA3', '#7A8894', '#A5583A'],
  heat: ['#F1F4F8', '#D6DFEC', '#A9BCD9', '#7592BF', '#4A6BA1', '#2F4F86'],
}

export const DARK: Palette = {
  bg: '#12161A',
  surface: '#1A2026',
  sunken: '#161B20',
  line: '#2B333B',
  ink: '#E8ECEE',
  ink2: '#A5B0B8',
  ink3: '#8B97A1',
  primary: '#8CABDF',
  primarySoft: '#223048',
  accent: '#DCA24A',
  red: '#F0767A',
  green: '#55BE93',
  compare: '#5E6973',
  series: ['#8CABDF', '#DCA24A', '#6FBDBB', '#B79ACF', '#95A3AE', '#D08A6C'],
  heat: ['#1E252C', '#25344A', '#31496D', '#446596', '#6587BD', '#8CABDF'],
}

/** A chart never uses more colours than this; further series are drawn in the muted tone. */
export const MAX_SERIES_COLOURS = 6

export const TEXT_FONT =
  "-apple-system, BlinkMacSystemFont, 'PingFang SC', 'HarmonyOS Sans SC', MiSans, 'Microsoft YaHei UI', 'Noto Sans CJK SC', 'Segoe UI', sans-serif"
export const DIGIT_FONT = `Barlow, ${TEXT_FONT}`

export function paletteOf(theme: 'light' | 'dark'): Palette {
  return theme === 'dark' ? DARK : LIGHT
}
