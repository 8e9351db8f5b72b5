import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { TourStop } from '../../api/types'
import { useView } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import './Tour.css'

interface TourProps {
  stops: readonly TourStop[]
  /** Position of the stop that is shown. */
  at: number
  onMove: (at: number) => void
  onEnd: () => void
}

const LOOK = 'tour-look'
const MOST_TRIES = 30
const TRY_EVERY_MS = 100

/** Frames a tile once it is drawn, and brings it into sight. */
function useLookAt(tile: string | null, path: string): void {
  useEffect(() => {
    if (tile === null) return
    let found: HTMLElement | undefined
    let tries = 0
    const look = () => {
      tries += 1
      const tiles = document.querySelectorAll<HTMLElement>('[data-tile]')
      found = [...tiles].find((each) => each.dataset.tile === tile)
      if (found === undefined && tries < MOST_TRIES) return
      window.clearInterval(timer)
      found?.classList.add(LOOK)
      found?.scrollIntoView?.({ block: 'nearest' })
    }
    const timer = window.setInterval(look, TRY_EVERY_MS)
    return () => {
      window.clearInterval(timer)
      found?.classList.remove(LOOK)
    }
  }, [tile, path])
}

/** A card that walks through the pages; the pages stay usable beside it. */
export function Tour({ stops, at, onMove, onEnd }: TourProps) {
  const { t, say } = useWords()
  const { page, open } = useView()
  const card = useRef<HTMLElement>(null)
  const stop = stops[at]
  useLookAt(stop?.look_at ?? null, page.pathname)
  useEffect(() => card.current?.focus({ preventScroll: true }), [at])
  if (stop === undefined) return null
  const isLast = at === stops.length - 1
  const go = (to: number) => {
    onMove(to)
    const path = stops[to]?.path
    if (path !== undefined && path !== page.pathname) open(path)
  }
  return (
    <section
      ref={card}
      className="tour"
      role="dialog"
      aria-label={t('tour.title')}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onEnd()}
    >
      <div className="tour-head">
        <span className="tour-step">{t('tour.step', { n: String(at + 1), of: String(stops.length) })}</span>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('tour.end')}
          onClick={onEnd}
        />
      </div>
      <div aria-live="polite">
        <h2>{say(stop.title)}</h2>
        <p>{say(stop.text)}</p>
      </div>
      <div className="tour-foot">
        {at > 0 && <Button onClick={() => go(at - 1)}>{t('tour.back')}</Button>}
        <Button type="primary" onClick={() => (isLast ? onEnd() : go(at + 1))}>
          {t(isLast ? 'tour.done' : 'tour.next')}
        </Button>
      </div>
    </section>
  )
}
