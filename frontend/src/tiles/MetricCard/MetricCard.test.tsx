import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import MetricCard from './MetricCard'

afterEach(() => vi.unstubAllGlobals())

it('a definition card says what, over what, from where and how it is known', async () => {
  serve({
    '/api/v1/data': {
      ...NO_NOTES,
      name: 'm',
      label: both('支付金额'),
      definition: both('实付之和'),
      formula: both('Σ paid'),
      base: both('订单，按付款日'),
      unit: 'money',
      source: both('已导入的文件'),
      owner: both('财务'),
      freshness: '2026-11-22T00:57:37Z',
      evidence: 'declared',
      catalogue_ids: ['M-FIN-01'],
      version: '1',
      sources: [
        {
          table: 'refund',
          label: both('退款'),
          stores: ['甲店', '乙店'],
          loaded_at: '2026-11-22T00:57:37Z',
          until: '2026-11-21',
          status: 'failed',
          n_checks: 4,
          findings: [both('2026-11-02 一行也没有')],
        },
      ],
    },
  })
  draw(<MetricCard {...tileOf({ kind: 'metric_card' })} />)
  await screen.findByText('实付之和')
  for (const text of ['订单，按付款日', '财务', 'M-FIN-01', '2026-11-22 08:57:37'])
    expect(screen.getByText(text)).toBeTruthy()
  expect(screen.getAllByText('平台口径').length).toBeGreaterThan(0)
  for (const text of ['未通过', '2 家店', '数据到 2026-11-21', '2026-11-02 一行也没有'])
    expect(screen.getByText(text)).toBeTruthy()
})
