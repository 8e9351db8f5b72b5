import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { postJson } from '../../api/client'
import type { MapDocument, MapPreview, Mapping, ReadAs } from '../../api/types'

const SETTLED_MS = 500

export function fileUrl(fileId: string, part: string): string {
  return `/api/v1/mapping/files/${encodeURIComponent(fileId)}/${part}`
}

/** What a waiting file seems to be, read as the person wants. */
export function useMapping(fileId: string, readAs: ReadAs) {
  return useQuery({
    queryKey: ['mapping', fileId, readAs],
    queryFn: () => postJson<Mapping>(fileUrl(fileId, 'read'), readAs),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // The form holds the map from here on; only another reading may begin it anew.
    refetchOnMount: false,
  })
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), SETTLED_MS)
    return () => window.clearTimeout(timer)
  }, [value])
  return settled
}

function useLook(
  fileId: string,
  document: MapDocument,
  sourceTable: string,
  whole: boolean,
  enabled: boolean,
) {
  return useQuery({
    queryKey: ['mapping-preview', fileId, sourceTable, whole, document],
    queryFn: () =>
      postJson<MapPreview>(fileUrl(fileId, 'preview'), { document, source_table: sourceTable, whole }),
    placeholderData: keepPreviousData,
    enabled,
    gcTime: 60_000,
  })
}

/** What the map makes of the file: of its first rows at once, then, when the person has paused, of all rows. */
export function usePreview(fileId: string, document: MapDocument, sourceTable: string) {
  const quick = useLook(fileId, document, sourceTable, false, true)
  const settled = useSettled(document)
  const isMore = quick.data !== undefined && !quick.data.is_whole && quick.data.problem === null
  const whole = useLook(fileId, settled, sourceTable, true, isMore && settled === document)
  const isWhole = settled === document && whole.data !== undefined && !whole.isPlaceholderData
  return {
    preview: isWhole ? whole.data : quick.data,
    isStale: quick.isPlaceholderData,
    isLookingOn: isMore && !isWhole && whole.error === null,
    error: quick.error,
    refetch: quick.refetch,
  }
}
