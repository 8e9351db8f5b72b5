import type { Answer } from './answer'
import type { TileNotes } from './tiles'

export type OwnMetricList = Answer<'OwnMetricList'> & TileNotes
export type OwnMetricLine = OwnMetricList['metrics'][number]
export type MetricPick = OwnMetricList['choices'][number]
export type FieldPick = OwnMetricList['fields'][string][number]
export type OwnMetricTried = Answer<'OwnMetricTried'>
export type MetricHistory = Answer<'MetricHistory'>
