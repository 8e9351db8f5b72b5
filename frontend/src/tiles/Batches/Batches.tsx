import type { TileProps } from '../Tile/Tile'

export default function Batches(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
