import { expect, it } from 'vitest'
import { untied } from './untied'

it('a file ties when the rest is its rounding', () => {
  // 9539484.63 - 9539484.62 - 0.01 = 0
  expect(untied(9539484.63, 9539484.62, 0.01)).toBe(0)
  expect(untied(2995760.61, 2995760.61, null)).toBe(0)
})

it('a difference is exact to the cent', () => {
  // 0.3 - 0.1 = 0.2, where floats would give 0.19999999999999998
  expect(untied(0.3, 0.1, 0)).toBe(0.2)
  expect(untied(-136552.02, -136552, null)).toBe(-0.02)
})

it('an unknown total leaves nothing to compare', () => {
  expect(untied(null, 1, null)).toBeNull()
  expect(untied(1, null, null)).toBeNull()
})
