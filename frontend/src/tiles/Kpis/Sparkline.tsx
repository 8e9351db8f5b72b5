const WIDTH = 200
const HEIGHT = 28
const PAD = 2

type Point = readonly [x: number, y: number]

/** Runs of neighbouring known values as points; a gap in the data parts two runs. */
export function sparkRuns(values: readonly (number | null)[]): Point[][] {
  const known = values.filter((value): value is number => value !== null)
  if (known.length < 2) return []
  const min = Math.min(...known)
  const span = Math.max(...known) - min || 1
  const step = WIDTH / (values.length - 1)
  const runs: Point[][] = [[]]
  values.forEach((value, index) => {
    if (value === null) runs.push([])
    else runs.at(-1)?.push([index * step, HEIGHT - PAD - ((value - min) / span) * (HEIGHT - 2 * PAD)])
  })
  return runs.filter((run) => run.length > 0)
}

function pathOf(run: readonly Point[]): string {
  return `M${run.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`
}

function areaOf(run: readonly Point[]): string {
  const first = run[0]?.[0] ?? 0
  const last = run.at(-1)?.[0] ?? 0
  return `${pathOf(run)}L${last.toFixed(1)} ${HEIGHT}L${first.toFixed(1)} ${HEIGHT}Z`
}

/** Decoration beside a figure: the figure's own page draws the readable line. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const runs = sparkRuns(values)
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path d={runs.map(areaOf).join('')} className="spark-area" />
      <path d={runs.map(pathOf).join('')} className="spark-line" />
    </svg>
  )
}
