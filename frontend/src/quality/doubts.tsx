import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Doubt } from '../api/types'

/** The answer of a tile may doubt itself as a whole, or single figures of it. */
interface Doubting {
  doubts?: Doubt[] | null
  items?: unknown
}

const NONE: readonly Doubt[] = []

/** Every failed check behind a tile's numbers, each once. */
export function doubtsIn(data: Doubting): readonly Doubt[] {
  const items = Array.isArray(data.items) ? (data.items as Doubting[]) : []
  const all = [...(data.doubts ?? []), ...items.flatMap((item) => item.doubts ?? [])]
  return all.length === 0 ? NONE : [...new Map(all.map((doubt) => [doubt.check, doubt])).values()]
}

const TileContext = createContext<readonly Doubt[]>(NONE)

/** What doubts the tile around, for the frame that shows its title. */
export function TileDoubts({ doubts, children }: { doubts: readonly Doubt[]; children: ReactNode }) {
  return <TileContext.Provider value={doubts}>{children}</TileContext.Provider>
}

export function useTileDoubts(): readonly Doubt[] {
  return useContext(TileContext)
}

type Say = (tile: string, doubts: readonly Doubt[]) => void

const SayContext = createContext<Say | null>(null)
const PageContext = createContext<readonly Doubt[]>(NONE)

/** Gathers what the tiles of a page say, so that the page can say it once on top. */
export function PageDoubts({ children }: { children: ReactNode }) {
  const [byTile, setByTile] = useState<Record<string, readonly Doubt[]>>({})
  const say = useCallback<Say>((tile, doubts) => {
    setByTile((before) => ({ ...before, [tile]: doubts }))
  }, [])
  const all = useMemo(
    () => [
      ...new Map(
        Object.values(byTile).flatMap((each) => each.map((one) => [one.check, one] as const)),
      ).values(),
    ],
    [byTile],
  )
  return (
    <SayContext.Provider value={say}>
      <PageContext.Provider value={all}>{children}</PageContext.Provider>
    </SayContext.Provider>
  )
}

export function usePageDoubts(): readonly Doubt[] {
  return useContext(PageContext)
}

/** Tell the page what doubts a tile; a tile that goes takes its doubts along. */
export function useSayDoubts(tile: string, doubts: readonly Doubt[]): void {
  const say = useContext(SayContext)
  const key = doubts.map(({ check, n }) => `${check}:${n}`).join()
  useEffect(() => {
    if (say === null) return
    say(tile, doubts)
    return () => say(tile, NONE)
    // Equal doubts of a new answer are the same doubts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [say, tile, key])
}
