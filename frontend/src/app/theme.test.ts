import { expect, it } from 'vitest'
import { antdThemeOf } from './theme'

it('moves nothing for a reader who asked for less motion', () => {
  const { token = {} } = antdThemeOf('dark', true)
  const durations = Object.entries(token).filter(([name]) => name.startsWith('motionDuration'))
  expect(token.motion).toBe(false)
  expect(durations.length).toBe(3)
  expect(durations.map(([, duration]) => duration)).toEqual(['0s', '0s', '0s'])
})
