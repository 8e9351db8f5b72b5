import { alerts } from './zh/alerts'
import { audiences } from './zh/audiences'
import { data } from './zh/data'
import { figures } from './zh/figures'
import { frame } from './zh/frame'
import { goods } from './zh/goods'
import { mapper } from './zh/mapper'
import { merges } from './zh/merges'
import { own } from './zh/own'
import { problems } from './zh/problems'
import { quality } from './zh/quality'
import { reports } from './zh/reports'
import { tags } from './zh/tags'
import { traffic } from './zh/traffic'

/** Words of the workbench itself. Names of metrics and pages come from the server. */
export const zh = {
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

export type Key = keyof typeof zh
