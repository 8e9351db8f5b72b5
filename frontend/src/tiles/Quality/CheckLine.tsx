import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { QualityCheck, QualityStore } from '../../api/types'
import { fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { DayBars } from './DayBars'
import { PastRuns } from './PastRuns'

function StoreFindings({ store }: { store: QualityStore }) {
  const { lang, t, say } = useWords()
  const rest = store.n_findings - store.findings.length
  return (
    <li>
      <p className="quality-store">
        <b>{store.store}</b>
        <span>{t('quality.since', { day: store.since })}</span>
        {store.money !== null && (
          <span className="digits">{fullText(store.money, 'money', store.currency, lang)}</span>
        )}
      </p>
      <ul>
        {store.findings.map((finding, at) => (
          <li key={at}>
            <span>{say(finding.text)}</span>
            {finding.money !== null && (
              <span className="digits">{fullText(finding.money, 'money', store.currency, lang)}</span>
            )}
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="quality-rest">{t('quality.more', { n: rest })}</p>}
    </li>
  )
}

/** One check: its state, where in time its findings lie, the money at stake; unfolded, every store and what to do. */
export function CheckLine({ check, startsOpen }: { check: QualityCheck; startsOpen: boolean }) {
  const { lang, t, say } = useWords()
  const [isOpen, setOpen] = useState(startsOpen)
  const id = useId()
  const name = say(check.label)
  return (
    <li className={`quality-check is-${check.status}`}>
      <div className="quality-line">
        <span className={`quality-state is-${check.status}`}>{t(`quality.status.${check.status}`)}</span>
        <span className="quality-name">
          <b>{name}</b>
          <span className="quality-about">
            {say(check.source)} · {say(check.aspect)} · {t('quality.stores', { n: check.n_stores })}
          </span>
        </span>
        <DayBars days={check.days} />
        <PastRuns past={check.past} />
        <span className="quality-money digits">
          {check.money !== null && fullText(check.money, 'money', check.currency, lang)}
        </span>
        <Button
          type="text"
          size="small"
          icon={isOpen ? <UpOutlined /> : <DownOutlined />}
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={t('quality.detail', { name })}
          onClick={() => setOpen(!isOpen)}
        />
      </div>
      {isOpen && (
        <div className="quality-detail" id={id}>
          <p className="quality-promise">
            {t('quality.promise')}
            {say(check.promise)}
          </p>
          {check.stores.length > 0 && (
            <>
              <ul className="quality-stores">
                {check.stores.map((store) => (
                  <StoreFindings key={store.store} store={store} />
                ))}
              </ul>
              <p className="quality-next">
                <b>{t('quality.next')}</b>
                {say(check.next)}
              </p>
            </>
          )}
        </div>
      )}
    </li>
  )
}
