import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postJson } from '../../api/client'
import type { TagTried } from '../../api/types'
import type { TagDraft } from './draft'

const ROOT = '/api/v1/customers'

function useFresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries()
}

export function useTagSave(onSaved: () => void) {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (tag: TagDraft) => postJson(`${ROOT}/tags`, { tags: [tag] }),
    onSuccess: () => {
      onSaved()
      return refresh()
    },
  })
}

export function useTagTry() {
  return useMutation({ mutationFn: (tag: TagDraft) => postJson<TagTried>(`${ROOT}/tags-try`, { tag }) })
}

export function useTagRemove() {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (name: string) => postJson(`${ROOT}/tags/${encodeURIComponent(name)}/remove`, {}),
    onSuccess: refresh,
  })
}
