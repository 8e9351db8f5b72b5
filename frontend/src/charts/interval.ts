import type { ChartData, Series } from '../api/types'
import { fullText } from '../format/value'
import type { Lang } from '../i18n/translate'

/** The bounds of an estimate behind its value; nothing where there are none. */
export function intervalText(
  { unit, currency }: ChartData,
  { low, high }: Series,
  at: number,
  lang: Lang,
): string {
  const [from, to] = [low[at], high[at]]
  if (from == null || to == null) return ''
  return ` [${fullText(from, unit, currency, lang)}, ${fullText(to, unit, currency, lang)}]`
}
