import { expect, it } from 'vitest'
import type { SankeyData, Text } from '../api/types'
import { pick } from '../i18n/translate'
import { NO_NOTES, both } from '../testing/render'
import { LIGHT } from '../tokens/tokens'
import { sankeyLabel } from './chartLabel'
import { sankeyHeight, sankeyOption } from './sankeyOption'
import { sankeyTable } from './tabular'

const nodeOf = (key: string, name: string, depth: number, value: number, isEnd = false) => ({
  key,
  label: both(name),
  depth,
  value,
  is_end: isEnd,
  href: null,
})
const data: SankeyData = {
  ...NO_NOTES,
  unit: 'count',
  currency: null,
  nodes: [
    nodeOf('0:home', '首页', 0, 10),
    nodeOf('1:item', '商品', 1, 7),
    nodeOf('1:left', '离开', 1, 3, true),
  ],
  links: [
    { source: '0:home', target: '1:left', value: 3, href: null },
    { source: '0:home', target: '1:item', value: 7, href: null },
  ],
}

it('draws every node in its step, ends in the muted tone', () => {
  const { series } = sankeyOption(data, { lang: 'zh', palette: LIGHT }) as unknown as {
    series: [{ data: { name: string; depth: number; itemStyle: { color: string } }[]; links: unknown[] }]
  }
  expect(series[0].data.map(({ name, depth }) => [name, depth])).toEqual([
    ['0:home', 0],
    ['1:item', 1],
    ['1:left', 1],
  ])
  expect(series[0].data[2]?.itemStyle.color).toBe(LIGHT.compare)
  expect(series[0].links).toHaveLength(2)
  expect(sankeyHeight(data)).toBeGreaterThan(0)
})

it('is read out by its broadest band, and has its bands as rows, the most first', () => {
  expect(sankeyLabel('路径', data, 'zh')).toBe('路径，3 个节点、2 条流向，最大的是 首页 到 商品 7')
  expect(
    sankeyTable(data).rows.map(({ from, to, value }) => [
      pick(from as Text, 'zh'),
      pick(to as Text, 'zh'),
      value,
    ]),
  ).toEqual([
    ['首页', '商品', 7],
    ['首页', '离开', 3],
  ])
})
