import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { usePalette } from '../../settings/SettingsProvider'
import { echarts } from '../echarts'

export interface ChartHandle {
  /** The chart as a PNG data address, twice the screen's resolution. */
  png: () => string | null
}

/** What of a drawing was picked: of a flow, a node or an edge. */
export interface Picked {
  dataType?: string
}

interface ChartProps {
  option: EChartsCoreOption
  label: string
  className: string
  onPick?: (dataIndex: number, picked: Picked) => void
  ref?: Ref<ChartHandle>
}

/** The one place that owns an ECharts instance. */
export function Chart({ option, label, className, onPick, ref }: ChartProps) {
  const palette = usePalette()
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  }, [onPick])

  useEffect(() => {
    const element = holder.current
    if (element === null) return
    const made = echarts.init(element, null, { renderer: 'canvas' })
    chart.current = made
    made.on('click', ({ dataIndex, dataType }) => pick.current?.(dataIndex, { dataType }))
    const resizing = new ResizeObserver(() => made.resize())
    resizing.observe(element)
    return () => {
      resizing.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option])

  useImperativeHandle(ref, () => ({
    png: () =>
      chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: palette.surface }) ?? null,
  }))
  return <div ref={holder} className={className} role="img" aria-label={label} />
}
