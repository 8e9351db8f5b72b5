import { alerts } from './en/alerts'
import { audiences } from './en/audiences'
import { data } from './en/data'
import { figures } from './en/figures'
import { frame } from './en/frame'
import { goods } from './en/goods'
import { mapper } from './en/mapper'
import { merges } from './en/merges'
import { own } from './en/own'
import { problems } from './en/problems'
import { quality } from './en/quality'
import { reports } from './en/reports'
import { tags } from './en/tags'
import { traffic } from './en/traffic'
import type { Key } from './zh'

/** The same keys as zh.ts, in English. */
export const en: Record<Key, string> = {
  ...alerts,
  ...audiences,
  ...frame,
  ...figures,
  ...data,
  ...goods,
  ...mapper,
  ...merges,
  ...own,
  ...problems,
  ...quality,
  ...reports,
  ...tags,
  ...traffic,
}
