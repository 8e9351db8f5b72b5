import type { TileProps } from '../Tile/Tile'

export default function Doors(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
