import { ExclamationCircleFilled } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import type { Doubt } from '../../api/types'
import { Go } from '../../app/navigation'
import { fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import './DoubtMark.css'

/** The failed checks behind a number: what was found, the money at stake, what to do. */
export function DoubtList({ doubts }: { doubts: readonly Doubt[] }) {
  const { lang, t, say } = useWords()
  return (
    <ul className="doubts">
      {doubts.map((doubt) => (
        <li key={doubt.check}>
          <p className="doubt-name">
            {say(doubt.label)}
            {doubt.money !== null && (
              <span className="digits">{fullText(doubt.money, 'money', doubt.currency, lang)}</span>
            )}
          </p>
          <p>{say(doubt.text)}</p>
          {doubt.n > 1 && <p className="doubt-more">{t('quality.n_findings', { n: doubt.n })}</p>}
          <p className="doubt-next">
            {t('quality.next')}
            {say(doubt.next)}
          </p>
          <Go href={doubt.href}>{t('quality.open')}</Go>
        </li>
      ))}
    </ul>
  )
}

interface DoubtMarkProps {
  doubts: readonly Doubt[]
  /** What the mark stands beside. */
  name: string
}

/** A red mark beside whatever is built on a source that failed a check; a press says why. */
export function DoubtMark({ doubts, name }: DoubtMarkProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  if (doubts.length === 0) return null
  return (
    <Popover
      content={isOpen ? <DoubtList doubts={doubts} /> : null}
      title={t('quality.doubted')}
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
    >
      <Button
        className="doubt-mark"
        type="text"
        size="small"
        icon={<ExclamationCircleFilled />}
        aria-label={t('quality.mark', { name })}
      />
    </Popover>
  )
}
