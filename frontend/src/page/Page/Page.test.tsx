import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { PageSpec, RowSpec } from '../../api/types'
import { both, draw, metaOf, serve } from '../../testing/render'
import { Page, rowsOf } from './Page'

afterEach(() => vi.unstubAllGlobals())

const row = (kind: 'sentence' | 'doors'): RowSpec => ({
  height: null,
  tiles: [{ id: kind, kind, title: null, help: null, span: 24, source: `/api/v1/${kind}` }],
})
const specOf = (room: string, ...rows: RowSpec[]): PageSpec => ({
  id: 'p',
  path: '/',
  title: both('页'),
  room,
  icon: '',
  filters: ['date'],
  rows,
})
const kinds = (rows: readonly RowSpec[]) => rows.flatMap(({ tiles }) => tiles.map(({ kind }) => kind))

it('an empty shop shows its doors, in every room but that of the data', () => {
  expect(kinds(rowsOf(specOf('overview', row('sentence')), true))).toEqual(['doors'])
  expect(kinds(rowsOf(specOf('overview', row('doors'), row('sentence')), true))).toEqual(['doors'])
  expect(kinds(rowsOf(specOf('data', row('sentence')), true))).toEqual(['sentence'])
})

it('a shop with data shows no doors', () => {
  expect(kinds(rowsOf(specOf('overview', row('doors'), row('sentence')), false))).toEqual(['sentence'])
})

it('tiles appear below the filters, each with its own data', async () => {
  serve({ '/api/v1/sentence': { text: both('净收入 ¥190.2万') } })
  draw(<Page spec={specOf('overview', row('sentence'))} routeParams={{}} meta={metaOf()} />)
  expect((await screen.findByText('¥190.2')).tagName).toBe('B')
  expect(screen.getByRole('region', { name: '筛选' })).toBeTruthy()
})
