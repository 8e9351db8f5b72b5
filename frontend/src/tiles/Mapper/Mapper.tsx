import { useView } from '../../app/navigation'
import type { TileProps } from '../Tile/Tile'
import { FileToMap } from './FileToMap'
import { WaitingFiles } from './WaitingFiles'
import './Mapper.css'
import './Preview.css'

/** Where the address names a file, its columns; else the files that wait, and a way to put one in. */
export default function Mapper(tile: TileProps) {
  const { params } = useView()
  const fileId = params.get('file')
  return fileId === null ? <WaitingFiles tile={tile} /> : <FileToMap key={fileId} fileId={fileId} />
}
