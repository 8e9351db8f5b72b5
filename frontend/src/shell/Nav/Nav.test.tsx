import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { draw, metaOf } from '../../testing/render'
import { Nav } from './Nav'

const { nav } = metaOf()

it('a room without data stays in place and says which file would fill it', () => {
  draw(<Nav rooms={nav} />)
  const room = screen.getByRole('link', { name: /流量/ })
  expect(room.className).toContain('is-empty')
  expect(room.textContent).toContain('需要流量报表')
})

it('the room of the page is marked, also for pages below it', () => {
  draw(<Nav rooms={nav} />, { at: '/data/jobs' })
  expect(screen.getByRole('link', { name: '数据' }).getAttribute('aria-current')).toBe('page')
  expect(screen.getByRole('link', { name: '经营' }).getAttribute('aria-current')).toBeNull()
})

it('a page whose address names no room belongs to the room of its spec', () => {
  draw(<Nav rooms={nav} currentRoom="overview" />, { at: '/metrics/x' })
  expect(screen.getByRole('link', { name: '经营' }).getAttribute('aria-current')).toBe('page')
})

it('the filters go along to the next room', () => {
  draw(<Nav rooms={nav} />, { at: '/?platform=jd&where=province%3Dx' })
  expect(screen.getByRole('link', { name: '数据' }).getAttribute('href')).toBe('/data?platform=jd')
})
