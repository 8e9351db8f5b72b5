import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Popover, Skeleton } from 'antd'
import { useId, type ReactNode } from 'react'
import { DoubtMark } from '../../quality/DoubtMark/DoubtMark'
import { useTileDoubts } from '../../quality/doubts'
import { useWords } from '../../settings/SettingsProvider'
import './TileFrame.css'

export type RowHeight = 's' | 'm' | 'l'

interface TileFrameProps {
  title: string
  help?: string
  /** Legend and other small things in the title line. */
  beside?: ReactNode
  actions?: ReactNode
  isStale?: boolean
  flush?: boolean
  children: ReactNode
}

/** The card around a tile: title line, help, actions, body. */
export function TileFrame({ title, help, beside, actions, isStale, flush, children }: TileFrameProps) {
  const { t } = useWords()
  const id = useId()
  const doubts = useTileDoubts()
  const hasHead = title !== '' || beside || actions || doubts.length > 0
  return (
    <section className="card tile" aria-labelledby={title === '' ? undefined : id} aria-busy={isStale}>
      {hasHead && (
        <header className="tile-head">
          {title !== '' && <h2 id={id}>{title}</h2>}
          <DoubtMark doubts={doubts} name={title} />
          {help !== undefined && help !== '' && (
            <Popover content={<div className="tile-help">{help}</div>} trigger={['hover', 'click']}>
              <Button
                type="text"
                size="small"
                icon={<QuestionCircleOutlined />}
                aria-label={t('tile.help', { title })}
              />
            </Popover>
          )}
          <div className="tile-beside">{beside}</div>
          {actions !== undefined && <div className="tile-actions">{actions}</div>}
        </header>
      )}
      <div className={`tile-body${flush ? ' is-flush' : ''}${isStale ? ' is-stale' : ''}`}>{children}</div>
    </section>
  )
}

/** A card of the size its content will have. */
export function TileSkeleton({ height, title }: { height: RowHeight | null; title: string }) {
  const { t } = useWords()
  return (
    <TileFrame title={title}>
      <div
        className={`tile-skeleton tile-height-${height ?? 'm'}`}
        role="status"
        aria-label={t('state.loading')}
      >
        <Skeleton active title={false} paragraph={{ rows: height === 's' ? 2 : 4 }} />
      </div>
    </TileFrame>
  )
}
