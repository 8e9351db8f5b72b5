import type { AlertPage } from '../../api/types'

/** The page of a metric with both periods of the question why; it explains the change itself. */
export function explainHref(asked: NonNullable<AlertPage['explain']>): string {
  const query = new URLSearchParams({ from: asked.date_from, to: asked.date_to, compare: 'previous' })
  if (asked.where !== '') query.append('where', asked.where)
  return `/metrics/${encodeURIComponent(asked.metric)}?${query.toString()}`
}
