import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { TreeNode } from '../../api/types'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Tree from './Tree'
import { hasParts, shownNodes } from './nodes'

afterEach(() => vi.unstubAllGlobals())

const nodeOf = (metric: string, depth: number, part: Partial<TreeNode> = {}): TreeNode => ({
  metric,
  label: both(metric),
  depth,
  operator: depth === 0 ? '' : '×',
  unit: 'count',
  value: 10,
  change: null,
  change_kind: 'none',
  good: 'up',
  effect: null,
  effect_unit: 'money',
  target: null,
  owner: both('运营'),
  evidence: 'counted',
  href: `/metrics/${metric}`,
  ...part,
})
const nodes = [
  nodeOf('支付金额', 0, { unit: 'money', value: 1500, change: 0.5, change_kind: 'ratio', target: 2000 }),
  nodeOf('支付买家数', 1, { effect: 200 }),
  nodeOf('访客数', 2, { value: null }),
  nodeOf('笔单价', 1, { unit: 'money', value: 150 }),
]

it('each metric shows its figure, change, effect, target and owner, and opens its page', async () => {
  serve({ '/api/v1/data': { ...NO_NOTES, nodes, currency: 'CNY' } })
  draw(<Tree {...tileOf({ kind: 'tree' })} />)
  expect((await screen.findByText('支付金额')).closest('tr')?.textContent).toContain('¥1,500.00')
  expect(screen.getByText('¥2,000.00')).toBeTruthy()
  expect(screen.getByText('¥200.00')).toBeTruthy()
  expect(screen.getByText('50.0%')).toBeTruthy()
  await userEvent.click(screen.getByText('访客数'))
  expect(screen.getByTestId('address').textContent).toBe('/metrics/访客数')
})

it('a folded metric hides what lies below it, and its neighbours stay', async () => {
  serve({ '/api/v1/data': { ...NO_NOTES, nodes, currency: 'CNY' } })
  draw(<Tree {...tileOf({ kind: 'tree' })} />)
  await userEvent.click(await screen.findByRole('button', { name: '收起下级: 支付买家数' }))
  expect(screen.queryByText('访客数')).toBeNull()
  expect(screen.getByText('笔单价')).toBeTruthy()
})

it('only what has deeper metrics right behind it has parts', () => {
  expect(nodes.map((_, place) => hasParts(nodes, place))).toEqual([true, true, false, false])
  expect(shownNodes(nodes, new Set([0])).map(({ place }) => place)).toEqual([0])
})
