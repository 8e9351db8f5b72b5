import { useState } from 'react'
import type { MapDocument, Mapping, ReadAs } from '../../api/types'
import { Go } from '../../app/navigation'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { TileFrame, TileSkeleton } from '../Tile/TileFrame'
import { Beginning } from './Beginning'
import { Constants } from './Constants'
import { FileColumns } from './FileColumns'
import { LoadBar } from './LoadBar'
import { PreviewPart } from './PreviewPart'
import { ReadingOptions } from './ReadingOptions'
import { Targets } from './Targets'
import { useMapping, usePreview } from './useMapping'
import { WordMeanings } from './WordMeanings'

/** One file, from what it seems to be to its rows in the ledger. */
export function FileToMap({ fileId }: { fileId: string }) {
  const { t } = useWords()
  const [readAs, setReadAs] = useState<ReadAs>({})
  const { data, error, isPlaceholderData, refetch } = useMapping(fileId, readAs)
  if (error !== null && (data === undefined || isPlaceholderData)) {
    return (
      <TileFrame title={t('mapper.title')}>
        <ErrorState error={error} onRetry={() => void refetch()} />
        <Back />
      </TileFrame>
    )
  }
  if (data === undefined) return <TileSkeleton height="l" title={t('mapper.title')} />
  return (
    <div className={isPlaceholderData ? 'map is-stale' : 'map'} aria-busy={isPlaceholderData}>
      {/* Another reading begins another map. */}
      <MapForm
        key={`${data.reading.table} ${data.start} ${data.document.table} ${JSON.stringify(readAs)}`}
        fileId={fileId}
        mapping={data}
        readAs={readAs}
        onRead={setReadAs}
      />
    </div>
  )
}

function Back() {
  const { t } = useWords()
  return <Go href="/data/map">{t('mapper.back')}</Go>
}

interface MapFormProps {
  fileId: string
  mapping: Mapping
  readAs: ReadAs
  onRead: (readAs: ReadAs) => void
}

function MapForm({ fileId, mapping, readAs, onRead }: MapFormProps) {
  const { t } = useWords()
  const [document, setDocument] = useState<MapDocument>(mapping.document)
  const look = usePreview(fileId, document, mapping.reading.table)
  const shared = { document, onChange: setDocument }
  return (
    <>
      <TileFrame title={mapping.file?.file ?? t('mapper.title')} actions={<Back />}>
        <Beginning mapping={mapping} readAs={readAs} onRead={onRead} />
        <NoteStrip notes={mapping.notes} />
      </TileFrame>
      <div className="map-sides">
        <FileColumns mapping={mapping} document={document} />
        <Targets mapping={mapping} {...shared} />
      </div>
      <PreviewPart {...look} />
      {look.preview?.words.map((words) => (
        <WordMeanings key={words.name} words={words} {...shared} />
      ))}
      <TileFrame title={t('mapper.constants')}>
        <Constants mapping={mapping} {...shared} />
      </TileFrame>
      <TileFrame title={t('mapper.options')}>
        <ReadingOptions mapping={mapping} readAs={readAs} onRead={onRead} {...shared} />
      </TileFrame>
      <LoadBar fileId={fileId} mapping={mapping} preview={look.preview} {...shared} />
    </>
  )
}
