import type { TileProps } from '../Tile/Tile'

export default function MetricCard(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
