import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { QuadrantsData } from '../../api/types'
import { widened } from '../../charts/quadrantsOption'
import { quadrantsTable } from '../../charts/tabular'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import { Borders } from './Borders'
import Quadrants from './Quadrants'

afterEach(() => vi.unstubAllGlobals())

const quadrant = (at: QuadrantsData['quadrants'][number]['at'], name: string, n: number) => ({
  at,
  name: both(name),
  n,
  action: both(`${name}的动作`),
  href: null,
})
const data: QuadrantsData = {
  ...NO_NOTES,
  x: { label: both('销量'), unit: 'count', border: 10, is_moved: false, rule: both('中位数') },
  y: { label: both('利润'), unit: 'money', border: 50, is_moved: true, rule: null },
  currency: 'CNY',
  quadrants: [
    quadrant('top_right', '明星款', 1),
    quadrant('bottom_right', '爆款引流款', 0),
    quadrant('top_left', '利润贡献款', 0),
    quadrant('bottom_left', '待优化款', 0),
  ],
  points: [{ name: '防晒', x: 20, y: 80, at: 'top_right', href: null }],
  is_wide: true,
  save_to: '/api/v1/products/borders',
}

it('a moved border is saved and the other keeps what was set by hand', async () => {
  const asked = serve({ '/api/v1/data': data, '/api/v1/products/borders': {} })
  draw(<Borders data={data} saveTo="/api/v1/products/borders" />)
  const box = await screen.findByLabelText('销量分界')
  await userEvent.clear(box)
  await userEvent.type(box, '25')
  await userEvent.click(screen.getByRole('button', { name: '保存分界' }))
  await screen.findByText('分界已保存')
  expect(JSON.parse(String(asked.find(({ method }) => method === 'POST')?.body))).toEqual({ x: 25, y: 50 })
})

it('the points are a table as well, each with its quadrant by name', () => {
  expect(quadrantsTable(data).rows).toEqual([
    { name: '防晒', x: 20, y: 80, quadrant: both('明星款'), _href: null },
  ])
})

it('nothing to show says why', async () => {
  serve({ '/api/v1/data': { ...data, points: [], empty: both('没有成本') } })
  draw(<Quadrants {...tileOf({ kind: 'quadrants' })} />)
  await screen.findByText('没有成本')
})

it('an axis by powers of ten keeps the sign and nought', () => {
  expect([widened(0), widened(99), widened(-9)]).toEqual([0, 2, -1])
})
