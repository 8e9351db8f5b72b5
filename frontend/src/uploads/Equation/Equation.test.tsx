import { expect, it } from 'vitest'
import { holds } from './Equation'

const equation = { received: 10, accepted: 4, duplicate: 3, superseded: 1, quarantined: 1, rejected: 1 }

it('holds when every received row has a place', () => {
  // 4 + 3 + 1 + 1 + 1 = 10
  expect(holds(equation)).toBe(true)
  expect(holds({ ...equation, duplicate: 2 })).toBe(false)
})
