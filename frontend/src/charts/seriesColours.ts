import type { Series } from '../api/types'
import { MAX_SERIES_COLOURS, type Palette } from '../tokens/tokens'

/** One colour per series, at most six; comparisons and whatever is left stay muted. */
export function seriesColours(series: readonly Series[], palette: Palette): string[] {
  let used = 0
  return series.map(({ role }) => {
    if (role === 'compare') return palette.compare
    if (used >= MAX_SERIES_COLOURS) return palette.ink3
    return palette.series[used++] ?? palette.ink3
  })
}
