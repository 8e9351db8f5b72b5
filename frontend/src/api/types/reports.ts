import type { Answer } from './answer'
import type { TileNotes } from './tiles'

export type ReportSchedule = Answer<'ScheduleAnswer'> & TileNotes
export type ReportSent = Answer<'Sent'>
