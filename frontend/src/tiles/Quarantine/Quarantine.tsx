import type { TileProps } from '../Tile/Tile'

export default function Quarantine(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
