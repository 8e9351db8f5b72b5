import type { EChartsCoreOption } from 'echarts/core'
import type { SankeyData } from '../api/types'
import { fullText, shortText } from '../format/value'
import { pick, type Lang } from '../i18n/translate'
import type { Palette } from '../tokens/tokens'
import { frame, tipHtml } from './style'

const NAME_MAX_CHARS = { zh: 10, en: 18 }
const ROW_PX = 30
const LEAST_PX = 220
const NARROW_STEP_PX = 130

interface Context {
  lang: Lang
  palette: Palette
}

/** Room for the nodes of the fullest step. */
export function sankeyHeight({ nodes }: SankeyData): number {
  const counts = new Map<number, number>()
  for (const { depth } of nodes) counts.set(depth, (counts.get(depth) ?? 0) + 1)
  return Math.max(LEAST_PX, Math.max(0, ...counts.values()) * ROW_PX)
}

/** On a phone the drawing is broader than the screen and scrolls, so that names stay readable. */
export function sankeyWidth({ nodes }: SankeyData): number {
  return (Math.max(0, ...nodes.map(({ depth }) => depth)) + 1) * NARROW_STEP_PX
}

/** Bands as broad as what flows. Clicks arrive as places: nodes first, then links. */
export function sankeyOption(data: SankeyData, { lang, palette }: Context): EChartsCoreOption {
  const most = NAME_MAX_CHARS[lang]
  const shorten = (name: string) => (name.length > most ? `${name.slice(0, most - 1)}…` : name)
  const nodes = new Map(data.nodes.map((node) => [node.key, node]))
  const name = (key: string) => pick(nodes.get(key)?.label, lang)
  const size = (value: number | null | undefined) => fullText(value, data.unit, data.currency, lang)
  const colour = (key: string) => {
    const node = nodes.get(key)
    if (node === undefined || node.is_end) return palette.compare
    return palette.series[node.depth % palette.series.length] ?? palette.ink3
  }
  const deepest = Math.max(0, ...data.nodes.map(({ depth }) => depth))
  return {
    ...frame(palette),
    tooltip: {
      ...frame(palette).tooltip,
      trigger: 'item',
      formatter: (at: { dataType: 'node' | 'edge'; dataIndex: number }) => {
        const link = data.links[at.dataIndex]
        const node = data.nodes[at.dataIndex]
        if (at.dataType === 'edge' && link !== undefined) {
          const title = `${name(link.source)} → ${name(link.target)}`
          return tipHtml(title, [{ colour: colour(link.source), name: '', value: size(link.value) }])
        }
        if (node === undefined) return ''
        return tipHtml(pick(node.label, lang), [
          { colour: colour(node.key), name: '', value: size(node.value) },
        ])
      },
    },
    series: [
      {
        type: 'sankey',
        left: 4,
        right: 108,
        top: 6,
        bottom: 6,
        nodeWidth: 10,
        nodeGap: 10,
        nodeAlign: 'left',
        draggable: false,
        layoutIterations: 24,
        emphasis: { focus: 'adjacency' },
        data: data.nodes.map((node) => ({
          name: node.key,
          depth: node.depth,
          itemStyle: { color: colour(node.key), borderWidth: 0 },
          cursor: node.href === null ? 'default' : 'pointer',
        })),
        links: data.links.map(({ source, target, value }) => ({ source, target, value })),
        lineStyle: { color: 'source', opacity: 0.22, curveness: 0.5 },
        label: {
          color: palette.ink,
          fontSize: 11,
          width: deepest > 4 ? 110 : 150,
          overflow: 'truncate',
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const node = data.nodes[dataIndex]
            if (node === undefined) return ''
            return `${shorten(pick(node.label, lang))} ${shortText(node.value, data.unit, data.currency, lang)}`
          },
        },
      },
    ],
  }
}
