import { Button } from 'antd'
import { useState } from 'react'
import type { FileReport, Issue } from '../../api/types'
import { Go } from '../../app/navigation'
import { countText, fullText } from '../../format/value'
import { isText } from '../../i18n/translate'
import { useWords } from '../../settings/SettingsProvider'
import { Equation } from '../Equation/Equation'
import { Totals } from './Totals'
import './FileOutcome.css'

const ISSUES_SHOWN = 4

function issueParts(issue: Issue) {
  if (typeof issue === 'string' || isText(issue)) return { text: issue, next: null, href: null, n: undefined }
  const said = issue.text ?? issue.message ?? issue.reason ?? issue.what ?? ''
  const text =
    issue.message_zh !== undefined && typeof said === 'string' ? { zh: issue.message_zh, en: said } : said
  return { text, next: issue.next ?? null, href: issue.href ?? null, n: issue.n_rows ?? issue.count }
}

/** What became of one file: named in words, its equation, its totals, one line per problem. */
export function FileOutcome({ report }: { report: FileReport }) {
  const { lang, t, say } = useWords()
  const [showsAll, setShowsAll] = useState(false)
  const issues = showsAll ? report.issues : report.issues.slice(0, ISSUES_SHOWN)
  const [from, to] = report.period ?? [report.date_from, report.date_to]
  const covers = from && to ? `${from} – ${to}` : ''
  const named = [say(report.title) || say(report.format_label) || report.format, covers]
    .filter(Boolean)
    .join(', ')
  const nHidden = report.issues.length - issues.length
  return (
    <div className="file-outcome">
      <p className="file-outcome-name">
        {named}
        {report.store !== null && <span className="tag">{report.store}</span>}
      </p>
      <Equation equation={report} />
      <Totals report={report} />
      {(report.non_data ?? 0) > 0 && (
        <p className="file-outcome-note">{t('upload.non_data', { n: countText(report.non_data) })}</p>
      )}
      {(report.notes ?? []).map((note, index) => (
        <p key={index} className="file-outcome-note">
          {say(note)}
        </p>
      ))}
      {report.error && (
        <p className="file-outcome-error">{`${say(report.error.what)} ${say(report.error.next)}`}</p>
      )}
      {issues.length > 0 && (
        <ul className="file-outcome-issues" aria-label={t('upload.issues', { n: report.issues.length })}>
          {issues.map((issue, index) => {
            const { text, next, href, n } = issueParts(issue)
            return (
              <li key={index}>
                {say(text)}
                {n !== undefined && <span className="digits"> ×{fullText(n, 'count', null, lang)}</span>}
                {next !== null && <span className="file-outcome-note"> {say(next)}</span>}
                {href !== null && <Go href={href}>{t('state.next')}</Go>}
              </li>
            )
          })}
        </ul>
      )}
      {nHidden > 0 && (
        <Button type="link" size="small" onClick={() => setShowsAll(true)}>
          {t('upload.more_issues', { n: nHidden })}
        </Button>
      )}
    </div>
  )
}
