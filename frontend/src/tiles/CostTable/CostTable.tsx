import type { TileProps } from '../Tile/Tile'

export default function CostTable(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
