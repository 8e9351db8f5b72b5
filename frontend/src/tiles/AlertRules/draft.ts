/** A rule as form, file and API have it. */
export interface RuleDraft {
  name: string
  title: string
  metric: string
  where: string
  by: string | null
  when: { kind: Kind } & Record<string, number | string | null>
  grain: string
  min_base: number
  owner: string
  severity: string
  snooze_days: number
  quiet_hours: string | null
  is_on: boolean
}

export const CONDITIONS = [
  'above',
  'below',
  'change',
  'to_target',
  'band',
  'change_point',
  'missing',
  'forecast',
] as const
export type Kind = (typeof CONDITIONS)[number]
export const GRAINS = ['day', 'week', 'month'] as const
export const SEVERITIES = ['info', 'warning', 'critical'] as const

/** What each kind of condition asks for: numbers, and words to choose from. */
export const ASKS = {
  above: { numbers: ['limit'], words: {} },
  below: { numbers: ['limit'], words: {} },
  change: { numbers: ['fall', 'rise'], words: { against: ['step', 'week', 'year'] } },
  to_target: { numbers: ['target', 'below', 'above'], words: {} },
  band: {
    numbers: [],
    words: { side: ['down', 'up', 'both'], sensitivity: ['high', 'normal', 'low'] },
  },
  change_point: {
    numbers: [],
    words: { side: ['down', 'up', 'both'], sensitivity: ['high', 'normal', 'low'] },
  },
  missing: { numbers: ['after_days'], words: {} },
  forecast: { numbers: ['target'], words: { side: ['down', 'up', 'both'] } },
} as const satisfies Record<Kind, { numbers: readonly string[]; words: Record<string, readonly string[]> }>

/** A condition of a kind with its words at their first choice. */
export function conditionOf(kind: Kind): RuleDraft['when'] {
  const starts: Record<Kind, Record<string, number | string | null>> = {
    above: { limit: null },
    below: { limit: null },
    change: { fall: 0.3, rise: null, against: 'week' },
    to_target: { target: null, below: 0.9, above: null },
    band: { side: 'down', sensitivity: 'normal' },
    change_point: { side: 'both', sensitivity: 'normal' },
    missing: { after_days: 2 },
    forecast: { target: null, side: 'down' },
  }
  return { kind, ...starts[kind] }
}

export const NEW_RULE: RuleDraft = {
  name: '',
  title: '',
  metric: 'gmv_paid',
  where: '',
  by: 'platform',
  when: conditionOf('band'),
  grain: 'day',
  min_base: 0,
  owner: '',
  severity: 'warning',
  snooze_days: 7,
  quiet_hours: null,
  is_on: true,
}
