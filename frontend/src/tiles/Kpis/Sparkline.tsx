const WIDTH = 200
const HEIGHT = 28
const PAD = 2

/** Points of a small line; a gap in the data is a gap in the line. */
export function sparkPath(values: readonly (number | null)[]): string {
  const known = values.filter((value): value is number => value !== null)
  if (known.length < 2) return ''
  const min = Math.min(...known)
  const span = Math.max(...known) - min || 1
  const step = WIDTH / (values.length - 1)
  let isPenDown = false
  return values
    .map((value, index) => {
      if (value === null) {
        isPenDown = false
        return ''
      }
      const y = HEIGHT - PAD - ((value - min) / span) * (HEIGHT - 2 * PAD)
      const command = isPenDown ? 'L' : 'M'
      isPenDown = true
      return `${command}${(index * step).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}

/** Decoration beside a figure: the figure's own page draws the readable line. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const path = sparkPath(values)
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      {path !== '' && <path d={`${path}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} className="spark-area" />}
      {path !== '' && <path d={path} className="spark-line" />}
    </svg>
  )
}
