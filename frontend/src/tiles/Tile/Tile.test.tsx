import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { NO_NOTES, both, draw, serve, tileOf } from '../../testing/render'
import { Tile } from './Tile'
import { TileBoundary } from './TileBoundary'

afterEach(() => vi.unstubAllGlobals())

const findings = tileOf({ kind: 'findings' })

describe('a tile', () => {
  it('holds its place while it loads', () => {
    vi.stubGlobal('fetch', () => new Promise(() => undefined))
    draw(<Tile pageId="p" {...tileOf({ kind: 'kpis' })} />)
    expect(screen.getByRole('status').getAttribute('aria-label')).toBe('正在读取')
  })

  it('that failed says why and can be tried again', async () => {
    let nAsked = 0
    serve({ '/api/v1/data': () => (nAsked++ === 0 ? undefined : { ...NO_NOTES, items: [] }) })
    draw(<Tile pageId="p" {...findings} />)
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing here')
    await userEvent.click(screen.getByRole('button', { name: '重试' }))
    await screen.findByText('这里还没有数据')
  })

  it('without data says what to do next', async () => {
    serve({ '/api/v1/data': { ...NO_NOTES, empty: both('样本不足'), items: [] } })
    draw(<Tile pageId="p" {...findings} />)
    await screen.findByText('样本不足')
    expect(screen.getByRole('link', { name: '去上传文件' }).getAttribute('href')).toBe('/data')
  })

  it('that is empty because all is well asks for no file', async () => {
    serve({ '/api/v1/data': { ...NO_NOTES, empty: both('没有要处理的事'), is_all_clear: true, items: [] } })
    draw(<Tile pageId="p" {...findings} />)
    await screen.findByText('没有要处理的事')
    expect(screen.queryByRole('link', { name: '去上传文件' })).toBeNull()
  })

  it('says what is missing from its data', async () => {
    const item = {
      text: both('事实'),
      title: null,
      cause: null,
      money: null,
      currency: null,
      evidence: 'counted',
      href: null,
    }
    serve({ '/api/v1/data': { ...NO_NOTES, partial: both('京东缺 11-02 之后'), items: [item] } })
    draw(<Tile pageId="p" {...findings} />)
    await screen.findByText('京东缺 11-02 之后')
  })

  it('asks for its data under the filters of the page', async () => {
    const asked = serve({ '/api/v1/metric/a/x': { ...NO_NOTES, items: [] } })
    const tile = {
      ...tileOf({ kind: 'findings', source: '/api/v1/metric/{name}/x' }),
      routeParams: { name: 'a' },
    }
    draw(<Tile pageId="p" {...tile} />, { at: '/metrics/a?platform=jd&from=2020-02-01' })
    await screen.findByText('这里还没有数据')
    expect(asked[0]?.path).toBe('/api/v1/metric/a/x?from=2020-02-01&platform=jd')
  })

  it('of a kind that is not known yet says so', () => {
    draw(<Tile pageId="p" {...tileOf({ kind: 'hologram' })} />)
    expect(screen.getByText(/hologram/)).toBeTruthy()
  })
})

it('a tile that breaks leaves the rest of the page standing', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const Broken = () => {
    throw new Error('broken')
  }
  draw(
    <>
      <TileBoundary message="这一块显示失败">
        <Broken />
      </TileBoundary>
      <p>其余</p>
    </>,
  )
  expect(screen.getByRole('alert').textContent).toBe('这一块显示失败')
  expect(screen.getByText('其余')).toBeTruthy()
})
