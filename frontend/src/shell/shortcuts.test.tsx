import { fireEvent, render } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import type { NavRoom } from '../api/types'
import { roomLetters, useShortcuts } from './shortcuts'

const room = (name: string): NavRoom => ({
  room: name,
  title: { zh: name, en: name },
  path: `/${name}`,
  icon: name,
  has_data: true,
  needs: null,
})
const ROOMS = ['today', 'overview', 'traffic', 'actions', 'alerts'].map(room)

it('each room gets the first free letter of its name', () => {
  expect([...roomLetters(ROOMS)].map(([letter, { room }]) => `${letter} ${room}`)).toEqual([
    't today',
    'o overview',
    'r traffic',
    'a actions',
    'l alerts',
  ])
})

function Listening({ actions }: { actions: Parameters<typeof useShortcuts>[1] }) {
  useShortcuts(ROOMS, actions)
  return <input aria-label="field" />
}

it('keys command the workbench except while typing', () => {
  const actions = { search: vi.fn(), help: vi.fn(), go: vi.fn() }
  const { getByLabelText } = render(<Listening actions={actions} />)
  fireEvent.keyDown(getByLabelText('field'), { key: '/' })
  expect(actions.search).not.toHaveBeenCalled()

  fireEvent.keyDown(document.body, { key: '/' })
  fireEvent.keyDown(document.body, { key: '?' })
  expect(actions.search).toHaveBeenCalledOnce()
  expect(actions.help).toHaveBeenCalledOnce()
})

it('g then a letter goes to the room, a letter alone does not', () => {
  const actions = { search: vi.fn(), help: vi.fn(), go: vi.fn() }
  render(<Listening actions={actions} />)
  fireEvent.keyDown(document.body, { key: 'o' })
  expect(actions.go).not.toHaveBeenCalled()
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 'o' })
  expect(actions.go).toHaveBeenCalledWith(ROOMS[1])
})
