import type { Answer, Schemas } from './answer'

export type Text = Schemas['Text']
export type Choice = Answer<'Choice'>
export type NavRoom = Answer<'NavRoom'>
export type TourStop = Answer<'TourStop'>
export type PageSpec = Answer<'PageSpec'>
export type RowSpec = PageSpec['rows'][number]

/** A tile as the frame sees it: which kind it is matters to the renderer of that kind only. */
export type TileSpec = Omit<RowSpec['tiles'][number], 'kind'> & { kind: string }

/** A named stretch of days that the trade knows, such as a sale. */
export interface Promotion {
  name: Text
  from: string
  to: string
}

export type Meta = Answer<'MetaAnswer'> & { promotions?: Promotion[] }

/** What the catalogue says about a metric; the server answers with plain JSON here. */
export interface MetricInfo {
  name: string
  label: Text
  definition: Text
  formula: Text | string
  freshness?: string | null
}
