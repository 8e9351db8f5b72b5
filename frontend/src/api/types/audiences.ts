import type { Answer } from './answer'
import type { TileNotes } from './tiles'

export type AudienceList = Answer<'AudienceList'> & TileNotes
export type AudienceRow = AudienceList['audiences'][number]
export type AudienceChoices = Answer<'AudienceChoices'>
export type AudiencePick = AudienceChoices['segments'][number]
export type AudiencePreview = Answer<'AudiencePreview'>
export type AudienceOverlap = Answer<'AudienceOverlap'>
export type AudienceExport = Answer<'AudienceExport'>
export type TagList = Answer<'TagList'> & TileNotes
export type TagLine = TagList['tags'][number]
export type TagTried = Answer<'TagTried'>
