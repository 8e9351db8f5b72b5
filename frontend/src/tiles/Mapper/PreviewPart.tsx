import type { MapFault, MapPreview } from '../../api/types'
import { countText, fullText } from '../../format/value'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { TileFrame } from '../Tile/TileFrame'
import { PreviewTable } from './PreviewTable'

interface PreviewPartProps {
  preview: MapPreview | undefined
  isStale: boolean
  isLookingOn: boolean
  error: Error | null
  refetch: () => unknown
}

/** What the map makes of the file: rows and money first, then what cannot be read, then the first rows. */
export function PreviewPart({ preview, isStale, isLookingOn, error, refetch }: PreviewPartProps) {
  const { t } = useWords()
  return (
    <TileFrame title={t('mapper.preview')} isStale={isStale} flush>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : preview === undefined ? (
        <p className="map-none" role="status">
          {t('state.loading')}
        </p>
      ) : (
        <Found preview={preview} isLookingOn={isLookingOn} />
      )}
    </TileFrame>
  )
}

function Found({ preview, isLookingOn }: { preview: MapPreview; isLookingOn: boolean }) {
  const { t, say } = useWords()
  if (preview.problem !== null) {
    const { what, where, next } = preview.problem
    return (
      <div className="map-problem" role="alert">
        <b>{t('problem.map_invalid')}</b>
        {[what, where, next].map((line) => (
          <span key={line}>{line}</span>
        ))}
      </div>
    )
  }
  const missing = preview.missing.map((group) => group.map((each) => say(each.label)).join(t('mapper.or')))
  return (
    <>
      {missing.length > 0 && (
        <p className="map-missing" role="status">
          {t('mapper.missing', { columns: missing.join(', ') })}
        </p>
      )}
      <Sums preview={preview} isLookingOn={isLookingOn} />
      {preview.faults.length > 0 && (
        <ul className="map-faults" aria-label={t('mapper.faults')}>
          {preview.faults.map((fault) => (
            <FaultLine key={`${fault.name} ${fault.rule}`} fault={fault} />
          ))}
        </ul>
      )}
      <PreviewTable preview={preview} />
    </>
  )
}

function Sums({ preview, isLookingOn }: { preview: MapPreview; isLookingOn: boolean }) {
  const { lang, t, say } = useWords()
  const money = (amount: number | null) => fullText(amount, 'money', preview.currency, lang)
  const scope = preview.is_whole ? 'checked_all' : isLookingOn ? 'checked_some' : 'checked_part'
  const figures = [
    [t('mapper.rows_good'), countText(preview.n_good), ''],
    [t('mapper.rows_apart'), countText(preview.n_apart), preview.n_apart > 0 ? 'is-apart' : ''],
    [t('mapper.rows_rejected'), countText(preview.n_rejected), preview.n_rejected > 0 ? 'is-apart' : ''],
  ]
  if (preview.headline !== null) {
    figures.push([t('mapper.total', { name: say(preview.headline) }), money(preview.file_total), ''])
    figures.push([t('mapper.total_good'), money(preview.good_total), ''])
  }
  if (preview.date_from !== null)
    figures.push([t('mapper.days'), `${preview.date_from} – ${preview.date_to ?? ''}`, ''])
  return (
    <div className="map-sums" aria-live="polite">
      <p className="map-quiet">{t(`mapper.${scope}`, { n: countText(preview.n_rows) })}</p>
      <dl>
        {figures.map(([label, value, state]) => (
          <div key={label} className={state}>
            <dt>{label}</dt>
            <dd className="digits">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function FaultLine({ fault }: { fault: MapFault }) {
  const { t, say } = useWords()
  const column = say(fault.label) || t('mapper.whole_rows')
  return (
    <li>
      <b>{column}</b>
      {fault.header !== null && <span className="map-quiet"> {fault.header}</span>} {say(fault.text)}{' '}
      <span className="map-quiet">
        {t('mapper.fault', { n: countText(fault.n_cells), rows: fault.rows.join(', ') })}
        {fault.example ? ` · ${t('mapper.fault_example', { example: fault.example })}` : ''}
      </span>
    </li>
  )
}
