import type { MetricInfo, NavRoom, PageSpec, Text } from '../../api/types'

export interface SearchEntry {
  kind: 'page' | 'metric'
  title: Text
  href: string
  haystack: string
}

const MAX_HITS = 12

/** Everything that can be found: rooms, pages without parameters, metrics. */
export function searchEntries(
  rooms: readonly NavRoom[],
  pages: readonly PageSpec[],
  metrics: readonly MetricInfo[],
): SearchEntry[] {
  const places = new Map<string, Text>()
  for (const { path, title } of [...rooms, ...pages])
    if (!path.includes(':') && !places.has(path)) places.set(path, title)
  const pageEntries = [...places].map(([href, title]): SearchEntry => {
    return { kind: 'page', title, href, haystack: `${title.zh} ${title.en} ${href}`.toLowerCase() }
  })
  const metricEntries = metrics.map((metric): SearchEntry => {
    const title = metric.label
    const words = `${title.zh} ${title.en} ${metric.name} ${metric.name.replaceAll('_', ' ')}`
    return {
      kind: 'metric',
      title,
      href: `/metrics/${encodeURIComponent(metric.name)}`,
      haystack: words.toLowerCase(),
    }
  })
  return [...pageEntries, ...metricEntries]
}

/** Every word must occur; titles that begin with the query come first. */
export function searchHits(entries: readonly SearchEntry[], query: string): SearchEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const begins = ({ title }: SearchEntry) =>
    query !== '' && (title.zh.startsWith(query) || title.en.toLowerCase().startsWith(query.toLowerCase()))
  return entries
    .filter(({ haystack }) => words.every((word) => haystack.includes(word)))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)))
    .slice(0, MAX_HITS)
}
