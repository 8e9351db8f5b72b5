import type { Cell, Column, Row, Text } from '../api/types'
import { timeText } from '../format/date'
import { fullText } from '../format/value'
import { isText, pick, translate, type Lang } from '../i18n/translate'

const NUMERIC = new Set(['money', 'count', 'ratio', 'days', 'hours', 'minutes'])

export function isNumeric(column: Column): boolean {
  return NUMERIC.has(column.unit)
}

export function alignOf(column: Column): 'left' | 'right' | 'center' {
  return column.align ?? (isNumeric(column) ? 'right' : 'left')
}

/** A cell as a person reads it. */
export function cellText(
  value: Cell | Text | undefined,
  column: Column,
  currency: string | null | undefined,
  lang: Lang,
): string {
  if (value === null || value === undefined || value === '') return '—'
  if (isText(value)) return pick(value, lang)
  if (typeof value === 'boolean') return translate(lang, value ? 'common.yes' : 'common.no')
  if (typeof value === 'number')
    return isNumeric(column) ? fullText(value, column.unit, currency, lang) : String(value)
  if (isNumeric(column) && value.trim() !== '' && Number.isFinite(Number(value))) {
    return fullText(Number(value), column.unit, currency, lang)
  }
  return column.unit === 'time' ? timeText(value) : value
}

/** A cell as a file holds it: numbers in full, texts in the chosen language. */
export function cellData(value: Cell | Text | undefined, lang: Lang): Cell {
  if (value === undefined) return null
  return isText(value) ? pick(value, lang) : value
}

export interface Sorting {
  key: string
  isDescending: boolean
}

function rank(value: Cell | Text | undefined, column: Column, lang: Lang): number | string | null {
  const data = cellData(value, lang)
  if (data === null || data === '') return null
  if (isNumeric(column)) return Number(data)
  return typeof data === 'string' ? data : Number(data)
}

/** Sorted copy; missing values stay last in either direction. */
export function sortRows(rows: readonly Row[], column: Column, isDescending: boolean, lang: Lang): Row[] {
  const collator = new Intl.Collator(lang === 'zh' ? 'zh-Hans-CN' : 'en', { numeric: true })
  const sign = isDescending ? -1 : 1
  return [...rows].sort((rowA, rowB) => {
    const a = rank(rowA[column.key], column, lang)
    const b = rank(rowB[column.key], column, lang)
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * collator.compare(String(a), String(b))
  })
}
