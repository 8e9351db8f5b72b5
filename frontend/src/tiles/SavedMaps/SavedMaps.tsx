import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { postJson } from '../../api/client'
import type { SavedMapList } from '../../api/types'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { SavedMapLine } from './SavedMapLine'
import './SavedMaps.css'

const MAPS = '/api/v1/mapping/maps'

/** Change the saved maps, and show them as they are then. */
export function useMapChange() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body: object }) =>
      postJson<SavedMapList>(`${MAPS}/${path}`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tile'] }),
  })
}

/** Maps that were kept: which header each reads; every change can be taken back. */
export default function SavedMaps(tile: TileProps) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const change = useMapChange()
  return (
    <WithData<SavedMapList> tile={tile}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          isStale={isStale}
          actions={
            data.can_undo ? (
              <Button size="small" onClick={() => change.mutate({ path: 'undo', body: {} })}>
                {t('maps.undo')}
              </Button>
            ) : undefined
          }
        >
          <NoteStrip notes={notesOf(data)} />
          {change.isError && <ErrorState error={change.error} />}
          {data.maps.length === 0 ? (
            <p className="saved-maps-none">{t('maps.none')}</p>
          ) : (
            <ul className="saved-maps" aria-label={say(tile.spec.title)}>
              {data.maps.map((map) => (
                <SavedMapLine
                  key={map.name}
                  map={map}
                  onRename={(name) =>
                    change.mutate({ path: `${encodeURIComponent(map.name)}/rename`, body: { name } })
                  }
                  onDelete={() => {
                    change.mutate({ path: `${encodeURIComponent(map.name)}/delete`, body: {} })
                    void message.info(t('maps.deleted', { name: map.name }))
                  }}
                />
              ))}
            </ul>
          )}
        </TileFrame>
      )}
    </WithData>
  )
}
