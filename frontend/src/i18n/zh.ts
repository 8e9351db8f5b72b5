import { alerts } from './zh/alerts'
import { data } from './zh/data'
import { figures } from './zh/figures'
import { frame } from './zh/frame'
import { mapper } from './zh/mapper'
import { own } from './zh/own'
import { problems } from './zh/problems'
import { quality } from './zh/quality'
import { reports } from './zh/reports'

/** Words of the workbench itself. Names of metrics and pages come from the server. */
export const zh = {
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

export type Key = keyof typeof zh
