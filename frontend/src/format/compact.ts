import type { Lang } from '../i18n/translate'

/** A number split so that the unit glyph can be set smaller than the digits. */
export interface Figure {
  prefix: string
  digits: string
  suffix: string
}

export const SIGNIFICANT_DIGITS = 4

const STEPS: Record<Lang, readonly (readonly [number, string])[]> = {
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ],
}

// Up to here every digit is shown: 9,876 reads better than 0.988万 or 9.876K.
const COMPACT_FROM = 1e4

/** Round to at most four significant digits without ever dropping digits before the point. */
export function significant(value: number, maxDecimals: number): string {
  const whole = Math.max(1, Math.floor(Math.log10(Math.abs(value) || 1)) + 1)
  const decimals = Math.min(maxDecimals, Math.max(0, SIGNIFICANT_DIGITS - whole))
  return value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: decimals })
}

/** Shorten to 万 / 亿 or K / M / B. Values below the first step keep `smallDecimals` decimals. */
export function compact(value: number, lang: Lang, smallDecimals: number): Figure {
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  if (size >= COMPACT_FROM) {
    for (const [step, suffix] of STEPS[lang]) {
      // 9,999.96万 would print as 10,000万: take the larger step as soon as rounding reaches it.
      if (size >= step * 0.99995) return { prefix: sign, digits: significant(size / step, 3), suffix }
    }
  }
  const digits = size.toLocaleString('en-US', {
    minimumFractionDigits: smallDecimals,
    maximumFractionDigits: smallDecimals,
  })
  return { prefix: sign, digits, suffix: '' }
}
