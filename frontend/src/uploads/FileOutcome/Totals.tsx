import type { FileReport } from '../../api/types'
import { fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { toNumber, untied } from './totals'

type Sums = Pick<FileReport, 'file_total' | 'ledger_total' | 'rounding' | 'currency'>

/** The file's own total beside the ledger's. */
export function Totals({ report }: { report: Sums }) {
  const { lang, t } = useWords()
  const money = (amount: number | string | null) => fullText(toNumber(amount), 'money', report.currency, lang)
  const rest = untied(report.file_total, report.ledger_total, report.rounding)
  if (rest === null) return null
  const rounding = toNumber(report.rounding) ?? 0
  return (
    <p className="totals">
      <span>
        {t('upload.file_total')} <b className="digits">{money(report.file_total)}</b>
      </span>
      <span>
        {t('upload.ledger_total')} <b className="digits">{money(report.ledger_total)}</b>
      </span>
      <span className={rest === 0 ? 'totals-tie' : 'totals-differ'}>
        {rest === 0 ? t('upload.ties') : t('upload.differs', { amount: money(rest) })}
        {rounding !== 0 && ` (${t('upload.rounding', { amount: money(rounding) })})`}
      </span>
    </p>
  )
}
