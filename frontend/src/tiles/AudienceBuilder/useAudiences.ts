import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getJson, postJson } from '../../api/client'
import type { AudienceChoices, AudienceExport, AudienceOverlap, AudiencePreview } from '../../api/types'

const ROOT = '/api/v1/customers'
const SETTLED_MS = 350
const MOST_TOGETHER = 11

export type Purpose = 'marketing' | 'analysis'

/** A value once it has stopped changing, so that typing asks once. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

export function useChoices() {
  return useQuery({
    queryKey: ['audience-choices'],
    queryFn: ({ signal }) => getJson<AudienceChoices>(`${ROOT}/audience-choices`, signal),
  })
}

/** The size of what is being written; the text is the document as JSON. */
export function usePreview(text: string, purpose: Purpose) {
  return useQuery({
    queryKey: ['audience-preview', text, purpose],
    queryFn: () =>
      postJson<AudiencePreview>(`${ROOT}/audience-preview`, {
        audience: JSON.parse(text) as unknown,
        purpose,
      }),
    placeholderData: keepPreviousData,
  })
}

export function useOverlap(text: string, names: readonly string[]) {
  return useQuery({
    queryKey: ['audience-overlap', text, names],
    queryFn: () =>
      postJson<AudienceOverlap>(`${ROOT}/audience-overlap`, {
        names: names.slice(0, MOST_TOGETHER),
        draft: { ...(JSON.parse(text) as object), name: 'draft' },
      }),
    placeholderData: keepPreviousData,
    enabled: names.length > 0,
  })
}

function useFresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries()
}

export function useSave(onSaved: () => void) {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (audience: unknown) => postJson(`${ROOT}/audiences`, { audience }),
    onSuccess: () => {
      onSaved()
      return refresh()
    },
  })
}

export function useRemove() {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (name: string) => postJson(`${ROOT}/audiences/${encodeURIComponent(name)}/remove`, {}),
    onSuccess: refresh,
  })
}

export function useExport(onFile: (file: AudienceExport) => void) {
  return useMutation({
    mutationFn: ({ name, ...asked }: { name: string; purpose: Purpose; language: string }) =>
      postJson<AudienceExport>(`${ROOT}/audiences/${encodeURIComponent(name)}/export`, asked),
    onSuccess: onFile,
  })
}
