import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { addFiles, clearUploads, resend, useUploads } from './uploadStore'

afterEach(() => {
  clearUploads()
  vi.unstubAllGlobals()
})

function serverGiving(...answers: [number, object][]) {
  const forms: FormData[] = []
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    forms.push(init.body as FormData)
    const [status, body] = answers[Math.min(forms.length, answers.length) - 1] ?? [200, {}]
    return Promise.resolve(new Response(JSON.stringify(body), { status }))
  })
  return forms
}

const file = (name: string, text = 'x') => new File([text], name)

it('each file becomes a job of its own', async () => {
  serverGiving([200, { job_id: 'a' }], [200, { job_id: 'b' }])
  const { result } = renderHook(useUploads)
  await act(() => addFiles([file('1.csv'), file('2.zip')]))
  await waitFor(() => expect(result.current.map((upload) => upload.jobId)).toEqual(['a', 'b']))
})

it('a map dropped along goes with the other files', async () => {
  const forms = serverGiving([200, { job_id: 'a' }])
  await act(() => addFiles([file('1.csv'), file('my.toml', 'table = "orders"')]))
  await waitFor(() => expect(forms).toHaveLength(1))
  expect(forms[0]?.get('map')).toBe('table = "orders"')
})

it('the store that was asked for is sent with the file', async () => {
  const forms = serverGiving([200, { job_id: 'a' }])
  const { result } = renderHook(useUploads)
  await act(() => addFiles([file('1.csv')]))
  await waitFor(() => expect(result.current[0]?.jobId).toBe('a'))
  act(() => resend(result.current[0]?.key ?? 0, { store: 'flagship' }))
  await waitFor(() => expect(forms).toHaveLength(2))
  expect(forms[1]?.get('store')).toBe('flagship')
})

it('a refused file says why', async () => {
  serverGiving([413, { error: { code: 'too_large', what: 'w', where: 'x', next: 'n' } }])
  const { result } = renderHook(useUploads)
  await act(() => addFiles([file('1.csv')]))
  await waitFor(() => expect(result.current[0]?.refusal?.code).toBe('too_large'))
})
