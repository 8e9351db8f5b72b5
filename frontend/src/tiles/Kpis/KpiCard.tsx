import { InfoCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import type { KpiItem } from '../../api/types'
import { Go } from '../../app/navigation'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import type { Compare } from '../../filters/filters'
import { figure, fullText, shortText } from '../../format/value'
import { DoubtMark } from '../../quality/DoubtMark/DoubtMark'
import { useWords } from '../../settings/SettingsProvider'
import { Change } from './Change'
import { KpiAbout } from './KpiAbout'
import { KpiLinks } from './KpiLinks'
import { Sparkline } from './Sparkline'

interface KpiCardProps {
  item: KpiItem
  currency: string | null
  compare: Compare
}

/** One figure: value, change, sparkline; its meaning on hover or tap, its page on click. */
export function KpiCard({ item, currency, compare }: KpiCardProps) {
  const { lang, t, say } = useWords()
  const [isAboutOpen, setAboutOpen] = useState(false)
  const label = say(item.label)
  const { prefix, digits, suffix } = figure(item.value, item.unit, currency, lang)
  const inner = (
    <>
      <span className="kpi-label" title={label}>
        {label}
      </span>
      <span className={`kpi-value digits${item.doubts.length > 0 ? ' is-doubted' : ''}`}>
        <span className="sr-only">{fullText(item.value, item.unit, currency, lang)}</span>
        <span aria-hidden>
          {prefix}
          {digits}
          {suffix !== '' && <span className="kpi-unit">{suffix}</span>}
        </span>
      </span>
      {item.warning !== null && item.value === null ? (
        <span className="kpi-warning">{say(item.warning)}</span>
      ) : (
        <Change change={item.change} kind={item.change_kind} good={item.good} compare={compare} />
      )}
      {item.numerator !== null && <span className="kpi-base">{say(item.numerator)}</span>}
      {item.target !== null && (
        <span className="kpi-target">
          {t('kpi.target')}{' '}
          <span className="digits">{shortText(item.target, item.unit, currency, lang)}</span>
        </span>
      )}
    </>
  )
  return (
    <>
      {item.href === null ? (
        <div className="kpi-main">{inner}</div>
      ) : (
        <Go href={item.href} className="kpi-main">
          {inner}
        </Go>
      )}
      <div className="kpi-corner">
        <DoubtMark doubts={item.doubts} name={label} />
        <EvidenceBadge evidence={item.evidence} />
        {item.warning !== null && item.value !== null && (
          <WarningOutlined className="kpi-caution" aria-label={t('tile.warning')} />
        )}
        <Popover
          content={isAboutOpen ? <KpiAbout item={item} currency={currency} /> : null}
          trigger={['hover', 'click']}
          open={isAboutOpen}
          onOpenChange={setAboutOpen}
          title={label}
          placement="bottomRight"
          mouseEnterDelay={0.15}
        >
          <Button
            type="text"
            size="small"
            icon={<InfoCircleOutlined />}
            aria-label={t('kpi.about', { name: label })}
          />
        </Popover>
      </div>
      <KpiLinks item={item} />
      <Sparkline values={item.spark} />
    </>
  )
}
