import type { TileProps } from '../Tile/Tile'

export default function Jobs(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
