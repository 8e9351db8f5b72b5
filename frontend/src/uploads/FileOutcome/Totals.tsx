import type { FileReport } from '../../api/types'
import { fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { untied } from './untied'

type Sums = Pick<
  FileReport,
  'file_total' | 'ledger_total' | 'rounding' | 'currency' | 'quarantined' | 'rejected'
>

/** The file's own total beside the ledger's. */
export function Totals({ report }: { report: Sums }) {
  const { lang, t } = useWords()
  const money = (amount: number | null) => fullText(amount, 'money', report.currency, lang)
  const rest = untied(report.file_total, report.ledger_total, report.rounding)
  if (rest === null) return null
  const restWords = report.quarantined + report.rejected > 0 ? 'upload.kept_apart' : 'upload.differs'
  return (
    <p className="totals">
      <span>
        {t('upload.file_total')} <b className="digits">{money(report.file_total)}</b>
      </span>
      <span>
        {t('upload.ledger_total')} <b className="digits">{money(report.ledger_total)}</b>
      </span>
      <span className={rest === 0 ? 'totals-tie' : 'totals-differ'}>
        {rest === 0 ? t('upload.ties') : t(restWords, { amount: money(rest) })}
        {report.rounding !== null &&
          report.rounding !== 0 &&
          ` (${t('upload.rounding', { amount: money(report.rounding) })})`}
      </span>
    </p>
  )
}
