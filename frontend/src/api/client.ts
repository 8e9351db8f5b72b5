import type { ApiErrorBody } from './types'

/** A refusal or failure in the product's own words: what, where, next. */
export class ApiError extends Error {
  readonly body: ApiErrorBody
  readonly status: number

  constructor(body: ApiErrorBody, status: number) {
    super(body.what)
    this.name = 'ApiError'
    this.body = body
    this.status = status
  }
}

let csrfToken = ''

/** Remember the token that every changing request must carry. */
export function setCsrfToken(token: string): void {
  csrfToken = token
}

const OFFLINE: ApiErrorBody = { code: 'offline', what: '', where: '', next: '' }

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}

function errorOf(body: unknown, response: Response): ApiError {
  const error = (body as { error?: Partial<ApiErrorBody> } | null)?.error
  const where = new URL(response.url || 'http://localhost/', 'http://localhost').pathname
  return new ApiError({ code: 'http_error', what: '', where, next: '', ...error }, response.status)
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError({ ...OFFLINE, where: path }, 0)
  }
  const body = await bodyOf(response)
  if (!response.ok || body === null) throw errorOf(body, response)
  return body as T
}

export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { headers: { Accept: 'application/json' }, signal: signal ?? null })
}

export function postJson<T>(path: string, body: unknown): Promise<T> {
  return send<T>(path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'X-Zhanggui-Token': csrfToken,
    },
    body: JSON.stringify(body),
  })
}

export function postForm<T>(path: string, form: FormData): Promise<T> {
  return send<T>(path, { method: 'POST', headers: { 'X-Zhanggui-Token': csrfToken }, body: form })
}
