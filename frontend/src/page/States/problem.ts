import type { ApiErrorBody } from '../../api/types'
import { problems } from '../../i18n/zh/problems'
import type { Words } from '../../settings/SettingsProvider'

type ProblemKey = keyof typeof problems

function keyOf(code: string): ProblemKey | null {
  const key = `problem.${code}`
  return key in problems ? (key as ProblemKey) : null
}

export interface ProblemWords {
  headline: string
  details: string[]
}

/** A problem in the reader's words first; the server's what, where and next follow as detail. */
export function problemWords(body: ApiErrorBody | null, { t, say }: Pick<Words, 't' | 'say'>): ProblemWords {
  if (body === null) return { headline: t('state.error'), details: [t('state.error_next')] }
  const key = keyOf(body.code)
  const own = [say(body.what), say(body.where), say(body.next)].filter((text) => text !== '')
  if (body.code === 'offline') return { headline: t('problem.offline'), details: [] }
  if (key !== null) return { headline: t(key), details: own }
  return {
    headline: own[0] ?? t('state.error'),
    details: own.length > 1 ? own.slice(1) : [t('state.error_next')],
  }
}
