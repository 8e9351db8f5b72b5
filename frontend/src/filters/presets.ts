import dayjs from 'dayjs'
import type { Promotion } from '../api/types'
import type { DateRange } from './filters'

export const PRESETS = [
  'yesterday',
  'last7',
  'last30',
  'this_month',
  'last_month',
  'promotion',
  'all',
] as const
export type Preset = (typeof PRESETS)[number]

const ISO = 'YYYY-MM-DD'
const ALL: DateRange = { from: null, to: null }

/** The latest promotion that had begun by the shop's last loaded day. */
export function latestPromotion(
  promotions: readonly Promotion[],
  dataFrom: string | null,
  dataTo: string,
): Promotion | null {
  const begun = promotions.filter((p) => p.from <= dataTo && (dataFrom === null || p.to >= dataFrom))
  return begun.reduce<Promotion | null>((best, p) => (best === null || p.from > best.from ? p : best), null)
}

export interface PresetContext {
  dataFrom: string | null
  dataTo: string | null
  promotions: readonly Promotion[]
}

/**
 * The dates a preset stands for, counted from the shop's last loaded day: an export of last month
 * must answer "yesterday" with its own last day, not with an empty screen. Null: not offered.
 */
export function presetRange(
  preset: Preset,
  { dataFrom, dataTo, promotions }: PresetContext,
): DateRange | null {
  if (preset === 'all') return ALL
  if (dataTo === null) return null
  const last = dayjs(dataTo)
  const back = (days: number): DateRange => ({ from: last.subtract(days - 1, 'day').format(ISO), to: dataTo })
  switch (preset) {
    case 'yesterday':
      return back(1)
    case 'last7':
      return back(7)
    case 'last30':
      return back(30)
    case 'this_month':
      return { from: last.startOf('month').format(ISO), to: dataTo }
    case 'last_month': {
      const month = last.startOf('month').subtract(1, 'day')
      return { from: month.startOf('month').format(ISO), to: month.format(ISO) }
    }
    case 'promotion': {
      const promotion = latestPromotion(promotions, dataFrom, dataTo)
      return promotion === null
        ? null
        : { from: promotion.from, to: promotion.to < dataTo ? promotion.to : dataTo }
    }
  }
}

/** The preset whose dates the URL holds, or null for dates of one's own. */
export function presetOf(range: DateRange, context: PresetContext): Preset | null {
  if (range.from === null && range.to === null) return 'all'
  return (
    PRESETS.find((preset) => {
      const candidate = presetRange(preset, context)
      return candidate !== null && candidate.from === range.from && candidate.to === range.to
    }) ?? null
  )
}
