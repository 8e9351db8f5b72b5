import dayjs from 'dayjs'

/** Dates travel as ISO text; nothing here knows a time zone, because business days come from the server. */

/** `2020-02-01` → `02-01` when all dates share the year, else unchanged. */
export function axisDate(date: string, sameYear: boolean): string {
  return sameYear && /^\d{4}-\d{2}-\d{2}/.test(date) ? date.slice(5, 10) : date
}

export function allInOneYear(dates: readonly string[]): boolean {
  const first = dates[0]?.slice(0, 4)
  return dates.every((date) => date.slice(0, 4) === first)
}

const WITH_ZONE = /(Z|[+-]\d\d:?\d\d)$/

/** A moment with a zone in the reader's own time; a time without one stays as it is written. */
export function timeText(value: string): string {
  if (WITH_ZONE.test(value)) return dayjs(value).format('YYYY-MM-DD HH:mm:ss')
  return value.replace('T', ' ').replace(/\.\d+$/, '')
}

/** Whole days between a moment and now; none before it. */
export function daysSince(moment: string): number {
  return Math.max(0, dayjs().diff(dayjs(moment), 'day'))
}
