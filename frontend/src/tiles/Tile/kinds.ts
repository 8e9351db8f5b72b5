import { lazy, type ComponentType } from 'react'
import { Kpis } from '../Kpis/Kpis'
import { Sentence } from '../Sentence/Sentence'
import type { TileProps } from './Tile'

/** Every kind of tile. What the first screen needs at once is bundled; the rest loads when a page asks for it. */
export const KINDS: Record<string, ComponentType<TileProps>> = {
  sentence: Sentence,
  kpis: Kpis,
  pins: lazy(() => import('../Pins/Pins')),
  own_metrics: lazy(() => import('../OwnMetrics/OwnMetrics')),
  audiences: lazy(() => import('../AudienceBuilder/Audiences')),
  tags: lazy(() => import('../Tags/Tags')),
  line: lazy(() => import('../LineChart/LineChart')),
  bar: lazy(() => import('../BarChart/BarChart')),
  heatmap: lazy(() => import('../Heatmap/Heatmap')),
  quadrants: lazy(() => import('../Quadrants/Quadrants')),
  table: lazy(() => import('../Table/Table')),
  findings: lazy(() => import('../Findings/Findings')),
  metric_card: lazy(() => import('../MetricCard/MetricCard')),
  doors: lazy(() => import('../Doors/Doors')),
  upload: lazy(() => import('../Upload/Upload')),
  mapper: lazy(() => import('../Mapper/Mapper')),
  saved_maps: lazy(() => import('../SavedMaps/SavedMaps')),
  batches: lazy(() => import('../Batches/Batches')),
  quarantine: lazy(() => import('../Quarantine/Quarantine')),
  quality: lazy(() => import('../Quality/Quality')),
  alerts: lazy(() => import('../Alerts/Alerts')),
  alert: lazy(() => import('../Alert/Alert')),
  alert_rules: lazy(() => import('../AlertRules/AlertRules')),
  report_schedule: lazy(() => import('../ReportSchedule/ReportSchedule')),
  jobs: lazy(() => import('../Jobs/Jobs')),
  uploads_next: lazy(() => import('../UploadsNext/UploadsNext')),
  links: lazy(() => import('../Links/Links')),
  calculators: lazy(() => import('../Calculators/Calculators')),
  purchases: lazy(() => import('../Purchases/Purchases')),
  cost_table: lazy(() => import('../CostTable/CostTable')),
  statement: lazy(() => import('../Statement/Statement')),
  waterfall: lazy(() => import('../Waterfall/Waterfall')),
  sankey: lazy(() => import('../Sankey/Sankey')),
  funnel: lazy(() => import('../Funnel/Funnel')),
  tree: lazy(() => import('../Tree/Tree')),
  budget: lazy(() => import('../Budget/Budget')),
}
