import type { Text } from '../api/types'
import { en } from './en'
import { zh, type Key } from './zh'

export type Lang = 'zh' | 'en'
export type Fill = Record<string, string | number>

export function translate(lang: Lang, key: Key, fill?: Fill): string {
  const pattern: string = (lang === 'zh' ? zh : en)[key]
  if (fill === undefined) return pattern
  return pattern.replace(/\{(\w+)\}/g, (blank, name: string) => String(fill[name] ?? blank))
}

/** The text in the given language; a server text that lacks one language falls back to the other. */
export function pick(text: Text | string | null | undefined, lang: Lang): string {
  if (text === null || text === undefined) return ''
  if (typeof text === 'string') return text
  return text[lang] || text[lang === 'zh' ? 'en' : 'zh'] || ''
}

export function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
}
