import { Button } from 'antd'
import { useState } from 'react'
import type { FileReport, Issue } from '../../api/types'
import { countText } from '../../format/value'
import { problemWords } from '../../page/States/problem'
import { useWords } from '../../settings/SettingsProvider'
import { Equation } from '../Equation/Equation'
import { Totals } from './Totals'
import './FileOutcome.css'

const ISSUES_SHOWN = 4

function IssueLine({ issue }: { issue: Issue }) {
  const { say } = useWords()
  return (
    <li>
      {say({ zh: issue.message_zh, en: issue.message })}
      {issue.column !== null && ` · ${issue.column}`}
      {issue.n_rows > 0 && <span className="digits"> ×{countText(issue.n_rows)}</span>}
      {issue.detail !== null && <span className="file-outcome-note"> {issue.detail}</span>}
    </li>
  )
}

/** What became of one file: named in words, its equation, its totals, one line per problem. */
export function FileOutcome({ report }: { report: FileReport }) {
  const { t, say } = useWords()
  const [showsAll, setShowsAll] = useState(false)
  const issues = showsAll ? report.issues : report.issues.slice(0, ISSUES_SHOWN)
  const [from, to] = report.period
  const covers = from && to ? `${from} – ${to}` : ''
  const named = [say(report.title) || report.format, covers].filter(Boolean).join(', ')
  const nHidden = report.issues.length - issues.length
  return (
    <div className="file-outcome">
      <p className="file-outcome-name">
        {named}
        {report.store !== null && <span className="tag">{report.store}</span>}
      </p>
      <Equation equation={report} />
      <Totals report={report} />
      {report.non_data > 0 && (
        <p className="file-outcome-note">{t('upload.non_data', { n: countText(report.non_data) })}</p>
      )}
      {report.notes.map((note, index) => (
        <p key={index} className="file-outcome-note">
          {say(note)}
        </p>
      ))}
      {report.error && (
        <p className="file-outcome-error">{problemWords(report.error, { t, say }).headline}</p>
      )}
      {issues.length > 0 && (
        <ul className="file-outcome-issues" aria-label={t('upload.issues', { n: report.issues.length })}>
          {issues.map((issue, index) => (
            <IssueLine key={index} issue={issue} />
          ))}
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
