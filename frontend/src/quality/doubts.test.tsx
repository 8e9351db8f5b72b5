import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { DOUBT, NO_NOTES, both, draw, serve, tileOf } from '../testing/render'
import { Tile } from '../tiles/Tile/Tile'
import { DoubtStrip } from './DoubtStrip/DoubtStrip'
import { PageDoubts, doubtsIn } from './doubts'

afterEach(() => vi.unstubAllGlobals())

const findings = tileOf({ kind: 'findings' })
const item = {
  text: both('事实'),
  title: null,
  cause: null,
  money: null,
  currency: null,
  evidence: 'counted',
  href: null,
}

it('a tile whose source fails a check is marked, and the page says so once', async () => {
  serve({ '/api/v1/data': { ...NO_NOTES, items: [item], doubts: [DOUBT] } })
  draw(
    <PageDoubts>
      <DoubtStrip />
      <Tile pageId="p" {...findings} />
      <Tile pageId="p" {...findings} spec={{ ...findings.spec, id: 'second' }} />
    </PageDoubts>,
  )
  expect(await screen.findAllByRole('button', { name: '标题：来源未通过检查' })).toHaveLength(2)
  expect((await screen.findByRole('note')).textContent).toContain('1 项检查：流量报表缺天')
})

it('a page without doubts has no strip', async () => {
  serve({ '/api/v1/data': { ...NO_NOTES, items: [item] } })
  draw(
    <PageDoubts>
      <DoubtStrip />
      <Tile pageId="p" {...findings} />
    </PageDoubts>,
  )
  await screen.findByText('事实')
  expect(screen.queryByRole('note')).toBeNull()
})

it('what single figures doubt is what their tile doubts', () => {
  expect(doubtsIn({ doubts: null, items: [{ doubts: [DOUBT] }, { doubts: [DOUBT] }] })).toEqual([DOUBT])
  expect(doubtsIn({})).toEqual([])
})
