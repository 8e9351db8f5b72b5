import type { TileProps } from '../Tile/Tile'

export default function Findings(tile: TileProps) {
  return <div>{tile.spec.id}</div>
}
