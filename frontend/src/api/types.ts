export type * from './types/data'
export type * from './types/page'
export type * from './types/quality'
export type * from './types/tiles'
