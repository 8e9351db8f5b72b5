import type { Answer } from './answer'
import type { TileNotes } from './tiles'

export type AlertList = Answer<'AlertList'> & TileNotes
export type AlertLine = AlertList['alerts'][number]
export type AlertState = AlertLine['state']
export type AlertPage = Answer<'AlertPage'>
export type RuleList = Answer<'RuleList'> & TileNotes
export type RuleLine = RuleList['rules'][number]
export type BackTest = Answer<'BackTestAnswer'>
