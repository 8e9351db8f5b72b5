import { Suspense } from 'react'
import type { TileSpec } from '../../api/types'
import { EmptyState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { TileBoundary } from './TileBoundary'
import { TileFrame, TileSkeleton, type RowHeight } from './TileFrame'
import { KINDS } from './kinds'

export type RouteParams = Record<string, string | undefined>

/** What every kind of tile receives. */
export interface TileProps {
  spec: TileSpec
  routeParams: RouteParams
  /** Null: the tile takes the room that its content needs. */
  height: RowHeight | null
}

/** One tile of a page. A tile that breaks does not take the page with it. */
export function Tile({ pageId, ...props }: TileProps & { pageId: string }) {
  const { t, say } = useWords()
  const Kind = KINDS[props.spec.kind]
  if (Kind === undefined) {
    const text = t('state.unknown_tile', { kind: props.spec.kind })
    return (
      <TileFrame title={say(props.spec.title)}>
        <EmptyState text={{ zh: text, en: text }} toData={false} />
      </TileFrame>
    )
  }
  return (
    <TileBoundary key={`${pageId}/${props.spec.id}`} message={t('state.crash')}>
      <Suspense fallback={<TileSkeleton height={props.height} title={say(props.spec.title)} />}>
        <Kind {...props} />
      </Suspense>
    </TileBoundary>
  )
}
