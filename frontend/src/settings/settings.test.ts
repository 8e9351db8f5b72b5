import { expect, it } from 'vitest'
import { readSettings, updownOf } from './settings'

const stored = (value: string | null) => ({ getItem: () => value })

it('without a choice the workbench speaks Chinese and red means up', () => {
  const settings = readSettings(stored(null))
  expect(settings.lang).toBe('zh')
  expect(updownOf(settings)).toBe('red-up')
})

it('English without a colour choice shows green for up', () => {
  expect(updownOf(readSettings(stored('{"lang":"en"}')))).toBe('green-up')
})

it('a colour choice outlives a change of language', () => {
  expect(updownOf(readSettings(stored('{"lang":"en","updown":"red-up"}')))).toBe('red-up')
})

it('a damaged entry counts as none', () => {
  expect(readSettings(stored('{{')).lang).toBe('zh')
  expect(readSettings(stored('null')).colourBy).toBe('outcome')
})
