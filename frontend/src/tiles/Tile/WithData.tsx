import type { ReactNode } from 'react'
import { useTileData } from '../../api/queries'
import type { Doubt, TileNotes } from '../../api/types'
import { useView } from '../../app/navigation'
import { sourceUrl } from '../../filters/filters'
import { EmptyState, ErrorState, NoteStrip } from '../../page/States/States'
import { TileDoubts, doubtsIn, useSayDoubts } from '../../quality/doubts'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from './Tile'
import { TileFrame, TileSkeleton } from './TileFrame'

/** The address of a tile's data under the filters on screen. */
export function useSource(
  { spec, routeParams }: TileProps,
  extra?: Record<string, string | number | null>,
): string {
  const { params } = useView()
  return sourceUrl(spec.source, routeParams, params, extra)
}

const NO_DOUBTS: readonly Doubt[] = []

interface Ready<T> {
  data: T
  isStale: boolean
  url: string
}

interface WithDataProps<T> {
  tile: TileProps
  extra?: Record<string, string | number | null>
  isEmpty?: (data: T) => boolean
  skeleton?: ReactNode
  /** Tiles without a card of their own (figures, the sentence) show their notes themselves. */
  children: (ready: Ready<T>) => ReactNode
}

/** Loading, failed, empty or ready: the four states of every tile, in one place. */
export function WithData<T extends TileNotes>({
  tile,
  extra,
  isEmpty,
  skeleton,
  children,
}: WithDataProps<T>) {
  const { say } = useWords()
  const url = useSource(tile, extra)
  const { data, error, isPlaceholderData, refetch } = useTileData<T>(url, true, tile.spec.refresh_seconds)
  const title = say(tile.spec.title)
  const doubts = data === undefined ? NO_DOUBTS : doubtsIn(data)
  useSayDoubts(tile.spec.id, doubts)
  if (error !== null && (data === undefined || isPlaceholderData)) {
    return (
      <TileFrame title={title}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </TileFrame>
    )
  }
  if (data === undefined) return skeleton ?? <TileSkeleton height={tile.height} title={title} />
  if (isEmpty?.(data)) {
    return (
      <TileFrame title={title} help={say(tile.spec.help)}>
        <NoteStrip notes={notesOf(data)} />
        <EmptyState text={data.empty} toData={!data.is_all_clear} />
      </TileFrame>
    )
  }
  return <TileDoubts doubts={doubts}>{children({ data, isStale: isPlaceholderData, url })}</TileDoubts>
}

export function notesOf(data: TileNotes) {
  return [data.partial, ...(data.warnings ?? [])]
}
