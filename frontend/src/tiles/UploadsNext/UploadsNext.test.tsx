import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import UploadsNext from './UploadsNext'

afterEach(() => vi.unstubAllGlobals())

it('the next files are named with their menu path and what they make known', async () => {
  const items = [
    {
      title: both('商品成本表'),
      platform: both('天猫'),
      menu: both('千牛 → 商品'),
      gives: both('毛利'),
      href: '/data',
    },
  ]
  serve({ '/api/v1/data': { ...NO_NOTES, items, text: both('缺成本：100%'), share: 1 } })
  draw(<UploadsNext {...tileOf({ kind: 'uploads_next' })} />)
  await screen.findByText('缺成本：100%')
  expect(screen.getByText('商品成本表', { exact: false })).toBeTruthy()
  expect(screen.getByText(/千牛 → 商品/)).toBeTruthy()
})
