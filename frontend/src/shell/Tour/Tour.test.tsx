import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PageSpec, TourStop } from '../../api/types'
import { both, draw, metaOf, serve } from '../../testing/render'
import { Shell } from '../Shell/Shell'

const page = (id: string, path: string): PageSpec => ({
  id,
  path,
  title: both(id),
  room: 'overview',
  icon: '',
  filters: [],
  tab: null,
  strips: {},
  start: null,
  choices: [],
  exports: [],
  rows: [
    {
      height: null,
      tiles: [
        {
          id: `${id}-tile`,
          kind: 'sentence',
          title: null,
          help: null,
          refresh_seconds: null,
          span: 24,
          source: `/api/v1/${id}`,
        },
      ],
    },
  ],
})
const stop = (path: string, title: string, lookAt: string | null): TourStop => ({
  path,
  look_at: lookAt,
  title: both(title),
  text: both(`${title}的说明`),
})
const stops = [stop('/', '第一件事', 'home-tile'), stop('/data', '第二件事', null)]

beforeEach(() => {
  localStorage.clear()
  serve({
    '/api/v1/meta': metaOf({ is_demo: true, tour: stops }),
    '/api/v1/pages': { pages: [page('home', '/'), page('files', '/data')] },
    '/api/v1/home': { text: both('首页一句话') },
    '/api/v1/files': { text: both('数据一句话') },
  })
})
afterEach(() => vi.unstubAllGlobals())

it('a demo shop begins with the tour and frames what it speaks of', async () => {
  draw(<Shell />)
  await screen.findByRole('dialog', { name: '导览' })
  await screen.findByText('第 1 站，共 2 站')
  await waitFor(() =>
    expect(document.querySelector('[data-tile="home-tile"]')?.className).toContain('tour-look'),
  )
})

it('the next stop opens its page', async () => {
  draw(<Shell />)
  await userEvent.click(await screen.findByRole('button', { name: '下一站' }))
  await screen.findByText('数据一句话')
  expect(screen.getByTestId('address').textContent).toBe('/data')
})

it('who begins on another page is not spoken to about the first', async () => {
  draw(<Shell />, { at: '/data' })
  await screen.findByText('数据一句话')
  expect(screen.queryByRole('dialog', { name: '导览' })).toBeNull()
})

it('an ended tour stays away, and the help layer brings it back', async () => {
  const first = draw(<Shell />)
  await userEvent.click(await screen.findByRole('button', { name: '结束导览' }))
  expect(screen.queryByRole('dialog', { name: '导览' })).toBeNull()
  first.unmount()
  draw(<Shell />)
  await screen.findByText('首页一句话')
  expect(screen.queryByRole('dialog', { name: '导览' })).toBeNull()
  await userEvent.keyboard('?')
  await userEvent.click(await screen.findByRole('button', { name: '再看一遍导览' }))
  await screen.findByRole('dialog', { name: '导览' })
})

it('a shop of one’s own has no tour', async () => {
  serve({
    '/api/v1/meta': metaOf(),
    '/api/v1/pages': { pages: [page('home', '/')] },
    '/api/v1/home': { text: both('首页一句话') },
  })
  draw(<Shell />)
  await screen.findByText('首页一句话')
  expect(screen.queryByRole('dialog', { name: '导览' })).toBeNull()
})
