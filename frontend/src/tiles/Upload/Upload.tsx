import { Go } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import { DropZone } from '../../uploads/DropZone/DropZone'
import { UploadList } from '../../uploads/UploadList/UploadList'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'

/** Files in: drop, follow, read the outcome. */
export default function Upload({ spec }: TileProps) {
  const { t, say } = useWords()
  return (
    <TileFrame title={say(spec.title) || t('upload.title')} help={say(spec.help)}>
      <DropZone />
      <UploadList />
      <p className="upload-mapper">
        <Go href="/data/map">{t('upload.to_mapper')}</Go>
      </p>
    </TileFrame>
  )
}
