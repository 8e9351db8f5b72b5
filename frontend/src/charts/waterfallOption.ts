import type { EChartsCoreOption } from 'echarts/core'
import type { WaterfallData } from '../api/types'
import { fullText, shortText } from '../format/value'
import { pick, type Lang } from '../i18n/translate'
import { DIGIT_FONT, type Palette } from '../tokens/tokens'
import { categoryAxis, frame, tipHtml, valueAxis } from './style'

/** Letters of Latin names are half as wide as Chinese ones. */
const NAME_MAX_CHARS = { zh: 14, en: 28 }
const NARROW_SHARE = 0.55

interface Context {
  lang: Lang
  palette: Palette
  isNarrow: boolean
}

type Step = WaterfallData['steps'][number]

/** Levels, what adds and what takes differ in colour and in the sign that their label writes. */
export function stepColour(role: Step['role'], palette: Palette): string {
  const [level, takes, adds] = palette.series
  return (role === 'level' ? level : role === 'adds' ? adds : takes) ?? palette.ink3
}

function signedText(step: Step, data: WaterfallData, lang: Lang, say: typeof shortText): string {
  const text = say(step.value, data.unit, data.currency, lang)
  return step.role === 'adds' ? `+${text}` : text
}

/** Bars that begin where the last one ended; a level begins on the ground. */
export function waterfallOption(
  data: WaterfallData,
  { lang, palette, isNarrow }: Context,
): EChartsCoreOption {
  const names = data.steps.map(({ label }) => pick(label, lang))
  const most = Math.round(NAME_MAX_CHARS[lang] * (isNarrow ? NARROW_SHARE : 1))
  const shorten = (name: string) => (name.length > most ? `${name.slice(0, most - 1)}…` : name)
  return {
    ...frame(palette),
    grid: { left: 0, right: 84, top: 2, bottom: 2, containLabel: true },
    xAxis: {
      ...valueAxis(palette, () => ''),
      splitLine: { show: false },
      axisLabel: { show: false },
      min: (range: { min: number }) => Math.min(0, range.min),
    },
    yAxis: {
      ...categoryAxis(palette, shorten),
      data: names,
      inverse: true,
      axisLine: { show: false },
      axisLabel: { color: palette.ink, interval: 0, formatter: shorten },
    },
    tooltip: {
      ...frame(palette).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: palette.ink, opacity: 0.05 } },
      formatter: (points: { dataIndex: number }[]) => {
        const step = data.steps[points[0]?.dataIndex ?? 0]
        if (step === undefined) return ''
        const value = signedText(step, data, lang, fullText)
        return tipHtml(pick(step.label, lang), [
          { colour: stepColour(step.role, palette), name: pick(step.help, lang), value },
        ])
      },
    },
    series: [
      {
        type: 'bar',
        stack: 'steps',
        stackStrategy: 'all',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: data.steps.map(({ start }) => start),
      },
      {
        type: 'bar',
        stack: 'steps',
        stackStrategy: 'all',
        barWidth: 16,
        data: data.steps.map((step) => ({
          value: (step.end ?? 0) - (step.start ?? 0),
          itemStyle: { color: stepColour(step.role, palette), borderRadius: 2 },
          cursor: step.href === null ? 'default' : 'pointer',
        })),
        label: {
          show: true,
          // To the right of every bar there is room; to the left stand the names.
          position: 'right',
          color: palette.ink,
          fontFamily: DIGIT_FONT,
          fontWeight: 600,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const step = data.steps[dataIndex]
            return step === undefined ? '' : signedText(step, data, lang, shortText)
          },
        },
      },
    ],
  }
}
