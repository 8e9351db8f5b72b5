import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import Table from './Table'

afterEach(() => vi.unstubAllGlobals())

it('a served table asks for its pages and its order', async () => {
  const columns = [{ key: 'paid', label: both('支付金额'), unit: 'money', align: null, sortable: true }]
  const asked = serve({
    '/api/v1/data': {
      ...NO_NOTES,
      columns,
      rows: [{ paid: 5 }],
      total: null,
      page: 1,
      pages: 9,
      n_rows: 450,
      currency: 'CNY',
    },
  })
  draw(<Table {...tileOf({ kind: 'table' })} />)
  await userEvent.click(await screen.findByRole('button', { name: /支付金额/ }))
  await userEvent.click(screen.getByTitle('2'))
  await vi.waitFor(() => expect(asked.at(-1)?.path).toBe('/api/v1/data?page=2&sort=-paid'))
})
