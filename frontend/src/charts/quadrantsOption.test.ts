import { SVGRenderer } from 'echarts/renderers'
import { expect, it } from 'vitest'
import type { QuadrantsData } from '../api/types'
import { NO_NOTES, both } from '../testing/render'
import { LIGHT } from '../tokens/tokens'
import { echarts } from './echarts'
import { quadrantsOption } from './quadrantsOption'

echarts.use([SVGRenderer])

const data: QuadrantsData = {
  ...NO_NOTES,
  x: { label: both('转化率'), unit: 'ratio', border: 0.0339, is_moved: false, rule: both('中位数') },
  y: { label: both('利润率'), unit: 'ratio', border: 0.3571, is_moved: false, rule: both('中位数') },
  currency: 'CNY',
  quadrants: [],
  points: [
    { name: both('搜索'), x: 0.08, y: 0.47, at: 'top_right', href: null },
    { name: both('达人'), x: 0.01, y: 0.19, at: 'bottom_left', href: null },
  ],
  is_wide: false,
  save_to: null,
}

it('a border is drawn where it is, also that of a rate', () => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 500 })
  chart.setOption(quadrantsOption(data, { lang: 'zh', palette: LIGHT }))
  const drawn = [
    ...chart
      .renderToSVGString()
      .matchAll(/<path d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"[^>]*stroke-dasharray/g),
  ]
  const places = drawn.map((path) => path.slice(1).map(Number))
  const upright = places.find(([x1, , x2]) => x1 === x2)
  const level = places.find(([, y1, , y2]) => y1 === y2)

  expect(Math.abs((upright?.[0] ?? 0) - chart.convertToPixel({ xAxisIndex: 0 }, 0.0339))).toBeLessThan(1.5)
  expect(Math.abs((level?.[1] ?? 0) - chart.convertToPixel({ yAxisIndex: 0 }, 0.3571))).toBeLessThan(1.5)
})
