import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { draw } from '../../testing/render'
import { isLocked, PasswordQuestion } from './PasswordQuestion'

it('a password is given by the button or by Enter, and never an empty one', async () => {
  const given: string[] = []
  draw(<PasswordQuestion code="password_protected" onAnswer={(password) => given.push(password)} />)
  const button = screen.getByRole('button', { name: '打开并读取' })
  expect(button.hasAttribute('disabled')).toBe(true)
  await userEvent.type(screen.getByLabelText('密码'), '密码123{Enter}')
  await userEvent.click(button)
  expect(given).toEqual(['密码123', '密码123'])
})

it('what is typed is not shown', () => {
  draw(<PasswordQuestion code="password_protected" onAnswer={() => undefined} />)
  expect(screen.getByLabelText('密码').getAttribute('type')).toBe('password')
})

it('a wrong password is said', () => {
  draw(<PasswordQuestion code="wrong_password" onAnswer={() => undefined} />)
  expect(screen.getByRole('alert').textContent).toContain('密码不对')
})

it('only a file that waits for its password asks for one', () => {
  expect(['password_protected', 'wrong_password', 'empty_file', undefined].map(isLocked)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
