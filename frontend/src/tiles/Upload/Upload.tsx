import type { TileProps } from '../Tile/Tile'

export default function Upload(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
