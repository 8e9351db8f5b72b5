import { QueryClient, keepPreviousData, useQuery } from '@tanstack/react-query'
import { ApiError, getJson, setCsrfToken } from './client'
import type { Meta, MetricInfo, PageSpec } from './types'

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // A refusal will be refused again; only a silent server is worth a second try.
        retry: (n, error) => error instanceof ApiError && error.status === 0 && n < 1,
      },
    },
  })
}

export function useMeta() {
  return useQuery({
    queryKey: ['meta'],
    queryFn: async ({ signal }) => {
      const meta = await getJson<Meta>('/api/v1/meta', signal)
      setCsrfToken(meta.token)
      return meta
    },
  })
}

export function usePages() {
  return useQuery({
    queryKey: ['pages'],
    queryFn: async ({ signal }) => (await getJson<{ pages: PageSpec[] }>('/api/v1/pages', signal)).pages,
    staleTime: 300_000,
  })
}

export function useMetrics(enabled: boolean) {
  return useQuery({
    queryKey: ['metrics'],
    queryFn: async ({ signal }) =>
      (await getJson<{ metrics: MetricInfo[] }>('/api/v1/metrics', signal)).metrics,
    staleTime: 300_000,
    enabled,
  })
}

export function useMetric(name: string, enabled: boolean) {
  return useQuery({
    queryKey: ['metric', name],
    queryFn: ({ signal }) => getJson<MetricInfo>(`/api/v1/metrics/${encodeURIComponent(name)}`, signal),
    staleTime: 300_000,
    enabled,
  })
}

/** The data behind one tile; the last answer stays on screen while a changed filter loads. */
export function useTileData<T>(url: string, enabled = true, refreshSeconds?: number | null) {
  return useQuery({
    queryKey: ['tile', url],
    queryFn: ({ signal }) => getJson<T>(url, signal),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: refreshSeconds ? refreshSeconds * 1000 : false,
  })
}
