import { afterEach, expect, it, vi } from 'vitest'
import { ApiError, getJson, postJson, setCsrfToken } from './client'

afterEach(() => vi.unstubAllGlobals())

function answerWith(status: number, body: string) {
  const fetchMock = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(new Response(body, { status })),
  )
  vi.stubGlobal('fetch', fetchMock)
  return fetchMock
}

it('an answer comes back as its object', async () => {
  answerWith(200, '{"a": 1}')
  expect(await getJson('/api/v1/x')).toEqual({ a: 1 })
})

it('a refusal keeps what, where and next', async () => {
  answerWith(400, '{"error":{"code":"c","what":"w","where":"h","next":"n"}}')
  await expect(getJson('/api/v1/x')).rejects.toMatchObject({
    status: 400,
    body: { code: 'c', what: 'w', where: 'h', next: 'n' },
  })
})

it('a page of HTML where JSON was due is an error, not data', async () => {
  answerWith(200, '<html>')
  await expect(getJson('/api/v1/x')).rejects.toBeInstanceOf(ApiError)
})

it('a server that does not answer is reported as offline', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.reject(new TypeError('failed'))),
  )
  await expect(getJson('/api/v1/x')).rejects.toMatchObject({ body: { code: 'offline' } })
})

it('every change carries the token', async () => {
  const fetchMock = answerWith(200, '{}')
  setCsrfToken('t0k')
  await postJson('/api/v1/costs', { a: 0.5 })
  expect(fetchMock.mock.calls[0]?.[1].headers).toMatchObject({ 'X-Zhanggui-Token': 't0k' })
})
