import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getJson, postJson } from '../../api/client'
import type { MetricHistory, OwnMetricTried } from '../../api/types'
import { documentOf, type OwnDraft } from './draft'

const OWN = '/api/v1/metrics/own'

/** Everything that names a metric may have changed. */
function useFresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries()
}

export function useOwnSave(onSaved: () => void) {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (draft: OwnDraft) => postJson(OWN, { metrics: [documentOf(draft)] }),
    onSuccess: () => {
      onSaved()
      return refresh()
    },
  })
}

export function useOwnTry() {
  return useMutation({
    mutationFn: (draft: OwnDraft) => postJson<OwnMetricTried>(`${OWN}/try`, { metric: documentOf(draft) }),
  })
}

export function useOwnRemove() {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (name: string) => postJson(`${OWN}/${encodeURIComponent(name)}/remove`, {}),
    onSuccess: refresh,
  })
}

export function useHistory(name: string) {
  return useQuery({
    queryKey: ['metric-history', name],
    queryFn: ({ signal }) =>
      getJson<MetricHistory>(`/api/v1/metrics/${encodeURIComponent(name)}/history`, signal),
  })
}
