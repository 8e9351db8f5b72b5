import { alerts } from './en/alerts'
import { data } from './en/data'
import { figures } from './en/figures'
import { frame } from './en/frame'
import { mapper } from './en/mapper'
import { own } from './en/own'
import { problems } from './en/problems'
import { quality } from './en/quality'
import { reports } from './en/reports'
import type { Key } from './zh'

/** The same keys as zh.ts, in English. */
export const en: Record<Key, string> = {
  ...alerts,
  ...frame,
  ...figures,
  ...data,
  ...mapper,
  ...own,
  ...problems,
  ...quality,
  ...reports,
}
