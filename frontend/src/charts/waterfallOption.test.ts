import { expect, it } from 'vitest'
import type { Text, WaterfallData } from '../api/types'
import { pick } from '../i18n/translate'
import { NO_NOTES, both } from '../testing/render'
import { LIGHT } from '../tokens/tokens'
import { waterfallLabel } from './chartLabel'
import { waterfallTable } from './tabular'
import { waterfallOption } from './waterfallOption'

type Step = WaterfallData['steps'][number]
const stepOf = (name: string, role: Step['role'], value: number, start: number, end: number): Step => ({
  label: both(name),
  role,
  value,
  start,
  end,
  evidence: 'counted',
  href: null,
  help: null,
})
const data: WaterfallData = {
  ...NO_NOTES,
  steps: [
    stepOf('标价', 'level', 100, 0, 100),
    stepOf('优惠', 'takes', -130, 100, -30),
    stepOf('补贴', 'adds', 10, -30, -20),
    stepOf('利润', 'level', -20, 0, -20),
  ],
  unit: 'money',
  currency: 'CNY',
}

it('a bar reaches from its start to its end, below the ground too', () => {
  const { series } = waterfallOption(data, { lang: 'zh', palette: LIGHT, isNarrow: false }) as {
    series: [{ data: number[] }, { data: { value: number }[] }]
  }
  expect(series[0].data).toEqual([0, 100, -30, 0])
  expect(series[1].data.map(({ value }) => value)).toEqual([100, -130, 10, -20])
})

it('is read out, and has its steps as rows', () => {
  expect(waterfallLabel('利润桥', data, 'zh')).toBe('利润桥，4 步，从 标价 ¥100.00 到 利润 −¥20.00')
  expect(
    waterfallTable(data).rows.map(({ label, value, end }) => [pick(label as Text, 'zh'), value, end]),
  ).toEqual([
    ['标价', 100, 100],
    ['优惠', -130, -30],
    ['补贴', 10, -20],
    ['利润', -20, -20],
  ])
})
