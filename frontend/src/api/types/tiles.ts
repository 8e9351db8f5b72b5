import type { Answer } from './answer'
import type { Text } from './page'
import type { Doubt } from './quality'

export type KpisData = Answer<'KpisData'>
export type PinsData = Answer<'PinsData'>
export type KpiItem = KpisData['items'][number]
export type Unit = KpiItem['unit']
export type Good = KpiItem['good']
export type Evidence = KpiItem['evidence']
export type SentenceData = Answer<'SentenceData'>
export type ChartData = Answer<'ChartData'>
export type Series = ChartData['series'][number]
export type HeatmapData = Answer<'HeatmapData'>
export type QuadrantsData = Answer<'QuadrantsData'>
export type FindingsData = Answer<'FindingsData'>
export type Finding = FindingsData['items'][number]
export type MetricCardData = Answer<'MetricCardData'>
export type UploadsNextData = Answer<'UploadsNextData'>
export type LinksData = Answer<'LinksAnswer'>
export type LinkRow = LinksData['links'][number]
export type MergesData = Answer<'MergesAnswer'> & TileNotes
export type MergeRow = MergesData['merges'][number]
export type StockCountsData = Answer<'StockCountsData'>
export type StockCount = StockCountsData['counts'][number]
export type MeetingsData = Answer<'MeetingsAnswer'> & TileNotes
export type HeldMeeting = MeetingsData['meetings'][number]
export type MeetingItem = HeldMeeting['items'][number]
export type CalculatorsData = Answer<'CalculatorsAnswer'>
export type CalculatorRow = CalculatorsData['calculators'][number]
export type Calculated = Answer<'Calculated'>
export type CostTableData = Answer<'CostTableData'>
export type PurchasesData = Answer<'PurchasesData'>
export type PurchaseLine = PurchasesData['rows'][number]
export type CostRow = CostTableData['rows'][number]
export type StatementData = Answer<'StatementData'>
export type WaterfallData = Answer<'WaterfallData'>
export type SankeyData = Answer<'SankeyData'>
export type FunnelData = Answer<'FunnelData'>
export type FunnelStage = FunnelData['stages'][number]
export type BudgetData = Answer<'BudgetData'>
export type TreeData = Answer<'TreeData'>
export type TreeNode = TreeData['nodes'][number]
export type DoorsData = Answer<'DoorsData'>
export type Door = DoorsData['items'][number]

export type Cell = string | number | boolean | null
export type Column = Pick<Answer<'ColumnSpec'>, 'key' | 'label' | 'unit'> & Partial<Answer<'ColumnSpec'>>
export type Row = Record<string, Cell | Text> & { _href?: string | null; _tone?: string | null }
export type TableData = Omit<Answer<'TableData'>, 'columns' | 'rows' | 'total'> &
  TileNotes & {
    columns: Column[]
    rows: Row[]
    total: Row | null
  }

/** What any tile's data may carry besides its own fields. */
export interface TileNotes {
  warnings?: Text[]
  partial?: Text | null
  empty?: Text | null
  /** Whether it is empty because all is well: no file is missing. */
  is_all_clear?: boolean
  /** Failed checks of the sources behind the numbers. */
  doubts?: Doubt[] | null
  /** Where the server offers these rows as a file. */
  export?: string | null
}
