import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Series } from '../../api/types'
import { both, draw } from '../../testing/render'
import { Legend } from './Legend'

const series = (name: string, role: Series['role'] = 'current'): Series => ({
  name: both(name),
  values: [],
  low: [],
  high: [],
  role,
})
const names = () => screen.queryAllByRole('listitem').map((item) => item.textContent)

it('a single series is named by the title alone', () => {
  draw(<Legend series={[series('支付金额')]} />)
  expect(names()).toEqual([])
})

it('a title that names the series leaves only the comparison to be named', () => {
  const compared = [series('支付金额'), series('对比期', 'compare')]
  draw(<Legend series={compared} isOfBars />)
  expect(names()).toEqual(['对比期'])
})

it('several series are all named', () => {
  draw(<Legend series={[series('天猫'), series('京东'), series('对比期', 'compare')]} isOfBars />)
  expect(names()).toEqual(['天猫', '京东', '对比期'])
})
