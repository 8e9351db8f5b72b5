import type { Answer } from './answer'
import type { TileNotes } from './tiles'

/** A check of data quality that a source of the numbers failed. */
export type Doubt = Answer<'Doubt'>
export type SourceState = Answer<'SourceState'>
export type QualityPanel = Answer<'QualityPanel'> & TileNotes
export type QualityCheck = QualityPanel['checks'][number]
export type QualityStore = QualityCheck['stores'][number]
export type QualityStatus = QualityCheck['status']
