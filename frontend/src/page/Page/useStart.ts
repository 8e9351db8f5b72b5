import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Meta, PageSpec } from '../../api/types'
import { withRange, withValues } from '../../filters/filters'
import { PRESETS, presetRange } from '../../filters/presets'

const CHOSEN = ['from', 'to', 'compare'] as const

/** The address with the days and the comparison that a page opens with, or null where it holds some already. */
export function startOf(spec: PageSpec, params: URLSearchParams, meta: Meta): URLSearchParams | null {
  if (spec.start === null || CHOSEN.some((key) => params.has(key))) return null
  const preset = PRESETS.find((each) => each === spec.start?.dates)
  const context = { dataFrom: meta.data_from, dataTo: meta.data_to, promotions: meta.promotions ?? [] }
  const range = preset === undefined ? null : presetRange(preset, context)
  if (range === null) return null
  return withValues(withRange(params, range), 'compare', [spec.start.compare])
}

/** Opens a page with days of its own, once; whatever is chosen afterwards stands. True while it has not begun. */
export function useStart(spec: PageSpec, meta: Meta): boolean {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const [start] = useState(() => startOf(spec, new URLSearchParams(search), meta))
  const [hasBegun, setBegun] = useState(start === null)
  useEffect(() => {
    if (start === null || hasBegun) return
    // Nothing is asked before the address stands, or everything would be asked twice.
    if (search.replace('?', '') === start.toString()) setBegun(true)
    else void navigate({ pathname, search: start.toString() }, { replace: true })
  }, [hasBegun, navigate, pathname, search, start])
  return !hasBegun
}
