import { Segmented } from 'antd'
import type { AudienceOverlap, AudiencePreview, AudienceRow } from '../../api/types'
import { countText, fullText } from '../../format/value'
import { ErrorState, NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { Purpose } from './useAudiences'

interface SizePanelProps {
  preview: AudiencePreview | undefined
  overlap: AudienceOverlap | undefined
  saved: readonly AudienceRow[]
  purpose: Purpose
  isCounting: boolean
  error: unknown
  onPurpose: (purpose: Purpose) => void
}

/** How many people the conditions hold for, who of them may be reached, and whom saved audiences share. */
export function SizePanel(props: SizePanelProps) {
  const { preview, overlap, saved, purpose, isCounting, error, onPurpose } = props
  const { lang, t, say } = useWords()
  const share = (value: number | null) => fullText(value, 'ratio', null, lang)
  const labels = new Map(saved.map(({ name, label }) => [name, label]))
  const shared = overlap?.pairs.filter(({ a, b }) => a === 'draft' || b === 'draft') ?? []
  return (
    <section className={`aud-size${isCounting ? ' is-counting' : ''}`} aria-label={t('aud.size')}>
      <Segmented<Purpose>
        value={purpose}
        aria-label={t('aud.purpose')}
        options={(['marketing', 'analysis'] as const).map((value) => ({
          value,
          label: t(`aud.purpose.${value}`),
        }))}
        onChange={onPurpose}
      />
      {error !== null && <ErrorState error={error} />}
      <div role="status" aria-live="polite">
        {preview === undefined ? (
          error === null && <p>{t('aud.counting')}</p>
        ) : (
          <>
            <p className="aud-count">
              <b>{t('aud.people', { n: countText(preview.size) })}</b>{' '}
              <span>{t('aud.of', { n: countText(preview.among), share: share(preview.share) })}</span>
            </p>
            <p>
              {t('aud.reachable')} <b>{countText(preview.reachable)}</b>
            </p>
            <ul className="aud-withheld">
              {preview.withheld.map(({ reason, label, people }) => (
                <li key={reason}>{t('aud.withheld', { n: countText(people), reason: say(label) })}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {preview !== undefined && <NoteStrip notes={preview.warnings} />}
      {shared.length > 0 && (
        <>
          <h4>{t('aud.overlap')}</h4>
          <ul className="aud-withheld">
            {shared.map(({ a, b, people, of_smaller }) => {
              const name = a === 'draft' ? b : a
              const label = labels.get(name) ?? name
              return (
                <li key={name}>
                  {t('aud.overlap_of', { label, n: countText(people), share: share(of_smaller) })}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </section>
  )
}
