import type { Palette } from '../tokens/tokens'
import { DIGIT_FONT, TEXT_FONT } from '../tokens/tokens'

/** What every chart shares: fonts, axes without ink that says nothing, a plain tooltip. */
export const CHART_MOTION_MS = 350

export function motionMs(): number {
  return window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ? 0 : CHART_MOTION_MS
}

export function frame(palette: Palette) {
  return {
    animationDuration: motionMs(),
    animationDurationUpdate: motionMs(),
    textStyle: { fontFamily: TEXT_FONT, color: palette.ink2, fontSize: 12 },
    aria: { enabled: false },
    tooltip: {
      confine: true,
      backgroundColor: palette.surface,
      borderColor: palette.line,
      borderWidth: 1,
      padding: [8, 10],
      extraCssText: 'box-shadow: 0 6px 20px rgb(0 0 0 / 12%); border-radius: 6px;',
      textStyle: { color: palette.ink, fontFamily: TEXT_FONT, fontSize: 12 },
    },
  }
}

export function valueAxis(palette: Palette, format: (value: number) => string) {
  return {
    type: 'value' as const,
    splitNumber: 4,
    splitLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.ink2, fontFamily: DIGIT_FONT, formatter: format },
  }
}

export function categoryAxis(palette: Palette, format: (value: string) => string) {
  return {
    type: 'category' as const,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.ink2, fontFamily: DIGIT_FONT, hideOverlap: true, formatter: format },
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Names come from strangers' files and tooltips are HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)
}

export interface TipLine {
  colour: string
  name: string
  value: string
}

export function tipHtml(title: string, lines: readonly TipLine[]): string {
  const rows = lines.map(
    ({ colour, name, value }) =>
      `<tr><td><i style="display:inline-block;width:10px;height:3px;margin-right:6px;vertical-align:middle;background:${colour}"></i>${escapeHtml(name)}</td>` +
      `<td style="padding-left:16px;text-align:right;font:600 12px ${DIGIT_FONT.replaceAll("'", '')};font-variant-numeric:tabular-nums">${escapeHtml(value)}</td></tr>`,
  )
  return `<div style="margin-bottom:2px;font-weight:600">${escapeHtml(title)}</div><table>${rows.join('')}</table>`
}
