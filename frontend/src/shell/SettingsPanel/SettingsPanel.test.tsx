import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { draw } from '../../testing/render'
import { SettingsPanel } from './SettingsPanel'

afterEach(() => localStorage.clear())

it('a choice takes effect at once and is kept', async () => {
  draw(<SettingsPanel />)
  expect(document.documentElement.dataset.updown).toBe('red-up')
  await userEvent.click(screen.getByText('绿涨红跌'))
  await userEvent.click(screen.getByText('深色'))
  expect(document.documentElement.dataset).toMatchObject({ updown: 'green-up', theme: 'dark' })
  expect(JSON.parse(localStorage.getItem('zhanggui.settings') ?? '{}')).toMatchObject({
    updown: 'green-up',
    theme: 'dark',
  })
})

it('the language of the page is declared', async () => {
  draw(<SettingsPanel />)
  await userEvent.click(screen.getByText('English'))
  expect(document.documentElement.lang).toBe('en')
  expect(screen.getByText('Appearance')).toBeTruthy()
})
