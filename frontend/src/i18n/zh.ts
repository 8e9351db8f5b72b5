import { data } from './zh/data'
import { figures } from './zh/figures'
import { frame } from './zh/frame'

/** Words of the workbench itself. Names of metrics and pages come from the server. */
export const zh = { ...frame, ...figures, ...data }

export type Key = keyof typeof zh
