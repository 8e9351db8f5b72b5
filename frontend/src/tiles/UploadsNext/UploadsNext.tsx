import type { TileProps } from '../Tile/Tile'

export default function UploadsNext(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
