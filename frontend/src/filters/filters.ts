/** The filters live in the URL: this is the only place that reads or writes them. */
export const DIMENSIONS = ['platform', 'shop', 'channel'] as const
export type Dimension = (typeof DIMENSIONS)[number]
export type Compare = 'none' | 'previous' | 'year'

/** Keys that follow the person from page to page; `where` belongs to one drill path only. */
export const CARRIED = ['from', 'to', ...DIMENSIONS, 'compare'] as const
/** Keys of the choices that a page may have for itself; they stay with the page. */
export const PAGE_CHOICES = ['by', 'basis'] as const
const SENT = [...CARRIED, 'where', 'grain', ...PAGE_CHOICES] as const

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/

export interface DateRange {
  from: string | null
  to: string | null
}

export function dateRange(params: URLSearchParams): DateRange {
  const valid = (value: string | null) => (value !== null && ISO_DATE.test(value) ? value : null)
  return { from: valid(params.get('from')), to: valid(params.get('to')) }
}

export function compareOf(params: URLSearchParams): Compare {
  const value = params.get('compare')
  return value === 'previous' || value === 'year' ? value : 'none'
}

function copy(from: URLSearchParams, keys: readonly string[]): URLSearchParams {
  const to = new URLSearchParams()
  for (const key of keys) for (const value of from.getAll(key)) to.append(key, value)
  return to
}

export function withValues(params: URLSearchParams, key: string, values: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete(key)
  for (const value of values) next.append(key, value)
  return next
}

export function withRange(params: URLSearchParams, { from, to }: DateRange): URLSearchParams {
  const next = withValues(params, 'from', from === null ? [] : [from])
  return withValues(next, 'to', to === null ? [] : [to])
}

function joined(path: string, params: URLSearchParams): string {
  const query = params.toString()
  return query === '' ? path : `${path}?${query}`
}

/** A link to another page that takes the filters along; whatever the link says itself wins. */
export function carry(href: string, params: URLSearchParams): string {
  const [path = '', query = ''] = href.split('?', 2)
  const own = new URLSearchParams(query)
  const merged = copy(params, CARRIED)
  for (const key of new Set(own.keys())) {
    merged.delete(key)
    for (const value of own.getAll(key)) merged.append(key, value)
  }
  return joined(path, merged)
}

/** The address of a tile's data: `{name}` filled from the route, the URL's filters appended. */
export function sourceUrl(
  source: string,
  routeParams: Record<string, string | undefined>,
  params: URLSearchParams,
  extra: Record<string, string | number | null> = {},
): string {
  const filled = source.replace(/\{(\w+)\}/g, (blank, name: string) => {
    const value = routeParams[name]
    return value === undefined ? blank : encodeURIComponent(value)
  })
  const [path = '', query = ''] = filled.split('?', 2)
  const all = new URLSearchParams(query)
  for (const [key, value] of copy(params, SENT)) {
    // A filter fixed by the page itself is not overridden by the URL; drill conditions add up.
    if (key === 'where' || !new URLSearchParams(query).has(key)) all.append(key, value)
  }
  for (const [key, value] of Object.entries(extra)) if (value !== null) all.set(key, String(value))
  return joined(path, all)
}

interface Choosable {
  key: string
  options: readonly { value: string }[]
}

/** What is chosen: the value in the URL where it is one of the options, else the first. */
export function chosen(params: URLSearchParams, { key, options }: Choosable): string {
  const value = params.get(key)
  return options.some((option) => option.value === value) ? (value ?? '') : (options[0]?.value ?? '')
}

/** The default is not written into the URL. */
export function withChoice(params: URLSearchParams, { key, options }: Choosable, value: string) {
  return withValues(params, key, value === options[0]?.value ? [] : [value])
}

export function hasFilters(params: URLSearchParams): boolean {
  return [...CARRIED, 'where'].some((key) => params.has(key))
}

export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const key of [...CARRIED, 'where']) next.delete(key)
  return next
}

/** Drill conditions `dim=value`, split. */
export function conditions(params: URLSearchParams): { raw: string; dimension: string; value: string }[] {
  return params.getAll('where').map((raw) => {
    const at = raw.indexOf('=')
    return { raw, dimension: at < 0 ? raw : raw.slice(0, at), value: at < 0 ? '' : raw.slice(at + 1) }
  })
}
