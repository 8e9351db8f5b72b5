import type { Unit } from '../api/types'
import { translate, type Lang } from '../i18n/translate'
import { compact, type Figure } from './compact'

const SYMBOLS: Record<string, string> = {
  CNY: '¥',
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: 'JP¥',
  HKD: 'HK$',
  TWD: 'NT$',
}
const TIMES = {
  days: { zh: '天', en: 'd' },
  hours: { zh: '小时', en: 'h' },
  minutes: { zh: '分钟', en: 'min' },
} as const
const MISSING: Figure = { prefix: '', digits: '—', suffix: '' }

export function currencySymbol(currency: string | null | undefined): string {
  if (!currency) return ''
  return SYMBOLS[currency] ?? `${currency} `
}

function isTime(unit: Unit): unit is keyof typeof TIMES {
  return unit in TIMES
}

function percent(value: number, decimals: number): string {
  return `${(Math.abs(value) * 100).toFixed(decimals)}%`
}

function minus(value: number): string {
  return value < 0 ? '−' : ''
}

/** The short form for cards and axes. */
export function figure(
  value: number | null | undefined,
  unit: Unit,
  currency: string | null | undefined,
  lang: Lang,
): Figure {
  if (value === null || value === undefined || Number.isNaN(value)) return MISSING
  if (unit === 'ratio') return { prefix: minus(value), digits: percent(value, 2), suffix: '' }
  if (isTime(unit)) {
    const whole = Number.isInteger(value)
    return { ...compact(value, lang, whole ? 0 : 1), suffix: ` ${TIMES[unit][lang]}` }
  }
  if (unit === 'money') {
    const short = compact(value, lang, 2)
    return { ...short, prefix: short.prefix + currencySymbol(currency) }
  }
  return compact(value, lang, Number.isInteger(value) ? 0 : 2)
}

export function shortText(
  value: number | null | undefined,
  unit: Unit,
  currency: string | null | undefined,
  lang: Lang,
): string {
  const { prefix, digits, suffix } = figure(value, unit, currency, lang)
  return prefix + digits + suffix
}

/** The full form for tables and hover: every digit, thousands separated. */
export function fullText(
  value: number | null | undefined,
  unit: Unit,
  currency: string | null | undefined,
  lang: Lang,
): string {
  if (value === null || value === undefined || Number.isNaN(value)) return MISSING.digits
  const size = Math.abs(value)
  if (unit === 'ratio') return minus(value) + percent(value, 2)
  if (unit === 'money') {
    const digits = size.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    return minus(value) + currencySymbol(currency) + digits
  }
  const digits = size.toLocaleString('en-US', { maximumFractionDigits: isTime(unit) ? 1 : 2 })
  return minus(value) + (isTime(unit) ? translate(lang, `common.${unit}`, { n: digits }) : digits)
}

/** Axis labels: like cards, with trailing zeros gone. */
export function axisText(value: number, unit: Unit, currency: string | null | undefined, lang: Lang): string {
  if (unit === 'ratio') return `${minus(value)}${parseFloat((Math.abs(value) * 100).toFixed(2))}%`
  const { prefix, digits, suffix } = figure(value, unit, currency, lang)
  return prefix + digits.replace(/\.0+$/, '') + suffix
}

/** A change: percent, or percentage points for ratios. The sign is said by the arrow beside it. */
export function changeText(change: number, kind: 'ratio' | 'pp' | 'none', lang: Lang): string {
  const size = Math.abs(change) * 100
  if (kind === 'pp') return translate(lang, 'common.pp', { n: size.toFixed(2) })
  const decimals = size >= 1000 ? 0 : 1
  return `${size.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}%`
}

/** Whole numbers such as row counts. */
export function countText(value: number | null | undefined): string {
  return value === null || value === undefined ? MISSING.digits : value.toLocaleString('en-US')
}
