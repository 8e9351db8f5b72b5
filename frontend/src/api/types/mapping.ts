import type { Answer } from './answer'
import type { TileNotes } from './tiles'

/** Files that wait for a column map, and what a map makes of them. */
export type WaitingFile = Answer<'WaitingView'>
export type WaitingList = Answer<'WaitingList'> & TileNotes
export type Mapping = Omit<Answer<'MappingView'>, 'document'> & { document: MapDocument }
export type MapTarget = Mapping['targets'][number]
export type MapColumn = Mapping['columns'][number]
export type MapGuess = Mapping['guesses'][number]
export type MapPreview = Answer<'PreviewView'>
export type MapFault = MapPreview['faults'][number]
export type MapWords = MapPreview['words'][number]
export type SavedMapList = Answer<'SavedMapList'> & TileNotes
export type SavedMap = SavedMapList['maps'][number]

/** A map as the server reads it, section by section; sections that this page does not edit are kept as they are. */
export interface MapDocument {
  table: string
  columns: Record<string, string | string[]>
  constants?: Record<string, string>
  options?: Record<string, unknown>
  status?: Record<string, string>
  words?: Record<string, Record<string, string>>
  added?: Record<string, string[]>
  subtracted?: Record<string, string[]>
  [section: string]: unknown
}

/** How a person wants the file to be read; what is absent is found out. */
export interface ReadAs {
  encoding?: string
  delimiter?: string
  header_row?: number
  source_table?: string
  start?: string
  table?: string
}
