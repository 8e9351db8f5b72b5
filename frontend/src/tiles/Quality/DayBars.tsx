import { useWords } from '../../settings/SettingsProvider'

const WIDTH = 180
const HEIGHT = 24
const GAP = 0.8

/** Findings on each of the last days of trade: small bars, as high as there are findings. */
export function DayBars({ days }: { days: readonly number[] }) {
  const { t } = useWords()
  const most = Math.max(1, ...days)
  const step = WIDTH / Math.max(days.length, 1)
  const nBad = days.filter((n) => n > 0).length
  const label = nBad > 0 ? t('quality.days', { n: nBad }) : t('quality.days_none')
  return (
    <svg
      className="quality-days"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="quality-days-base" />
      {days.map((n, at) =>
        n === 0 ? null : (
          <rect
            key={at}
            x={at * step}
            width={Math.max(step - GAP, 1.6)}
            y={HEIGHT - Math.max((n / most) * HEIGHT, 6)}
            height={Math.max((n / most) * HEIGHT, 6)}
            className="quality-days-bad"
          />
        ),
      )}
    </svg>
  )
}
