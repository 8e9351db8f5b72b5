import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DARK, LIGHT, MAX_SERIES_COLOURS, type Palette } from './tokens'

const css = readFileSync('src/tokens/tokens.css', 'utf8').toLowerCase()
const darkCss = css.slice(css.indexOf("data-theme='dark'"))

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as [string, Palette][])('the %s palette', (_name, palette) => {
  it('reads at WCAG AA on cards for every text tone', () => {
    for (const tone of [
      palette.ink,
      palette.ink2,
      palette.ink3,
      palette.primary,
      palette.accent,
      palette.red,
      palette.green,
    ]) {
      expect(contrast(tone, palette.surface)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('reads at WCAG AA on the page for the tones used there', () => {
    for (const tone of [palette.ink, palette.ink2])
      expect(contrast(tone, palette.bg)).toBeGreaterThanOrEqual(4.5)
  })

  it('offers no more series colours than a chart may use', () => {
    expect(palette.series).toHaveLength(MAX_SERIES_COLOURS)
  })
})

describe('the style sheet', () => {
  it('holds the same colours as the palette given to the charts', () => {
    for (const [part, palette] of [
      [css.slice(0, css.indexOf("data-theme='dark'")), LIGHT],
      [darkCss, DARK],
    ] as const) {
      for (const key of [
        'bg',
        'surface',
        'line',
        'ink',
        'ink2',
        'ink3',
        'primary',
        'accent',
        'red',
        'green',
      ] as const) {
        expect(part).toContain(`--${key}: ${palette[key].toLowerCase()};`)
      }
    }
  })
})
