import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Findings from './Findings'

afterEach(() => vi.unstubAllGlobals())

it('each finding has its money and opens the page that proves it', async () => {
  const item = { text: both('退款集中在山东'), title: both('退款集中'), cause: null, currency: 'CNY' }
  const items = [
    { ...item, money: 10880.08, evidence: 'counted', href: '/metrics/refund_amount?where=province%3Dx' },
    { ...item, text: both('估算'), money: null, evidence: 'estimated', href: null },
  ]
  serve({ '/api/v1/data': { ...NO_NOTES, items } })
  draw(<Findings {...tileOf({ kind: 'findings' })} />, { at: '/?platform=jd' })
  const link = await screen.findByRole('link', { name: /退款集中在山东/ })
  expect(link.getAttribute('href')).toBe('/metrics/refund_amount?platform=jd&where=province%3Dx')
  expect(link.textContent).toContain('¥1.088')
  expect(screen.getByText('预估')).toBeTruthy()
})
