import { CaretDownFilled, CaretRightFilled } from '@ant-design/icons'
import { Popover } from 'antd'
import { useState } from 'react'
import type { StatementData } from '../../api/types'
import { Go } from '../../app/navigation'
import { EvidenceBadge } from '../../charts/EvidenceBadge/EvidenceBadge'
import { fullText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { depthOf, shownLines, type Line } from './lines'

interface ValueProps {
  value: number | null
  line: Line
  currency: string | null
  href: string | null | undefined
}

function Value({ value, line, currency, href }: ValueProps) {
  const { lang } = useWords()
  const text = fullText(value, line.unit, currency, lang)
  if (!href || value === null) return text
  return <Go href={href}>{text}</Go>
}

interface LineNameProps {
  line: Line
  depth: number
  isOpen: boolean
  hasParts: boolean
  onToggle: () => void
}

function LineName({ line, depth, isOpen, hasParts, onToggle }: LineNameProps) {
  const { say } = useWords()
  const help = say(line.help)
  const name = (
    <>
      {say(line.label)} <EvidenceBadge evidence={line.evidence} />
    </>
  )
  const inner = hasParts ? (
    <button type="button" className="statement-toggle" aria-expanded={isOpen} onClick={onToggle}>
      {isOpen ? <CaretDownFilled aria-hidden /> : <CaretRightFilled aria-hidden />}
      {name}
    </button>
  ) : (
    <span className="statement-name">{name}</span>
  )
  return (
    <th scope="row" style={{ paddingLeft: 16 + depth * 18 }}>
      {help === '' ? (
        inner
      ) : (
        <Popover content={<div className="tile-help">{help}</div>} mouseEnterDelay={0.3}>
          {inner}
        </Popover>
      )}
    </th>
  )
}

/** The lines with their parts folded away. */
export function StatementTable({ data, name }: { data: StatementData; name: string }) {
  const { lang, t, say } = useWords()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const hasTotal = data.columns.length > 1
  const parents = new Set(data.lines.map((line) => line.parent))
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }
  const allOpen = [...parents].every((key) => key === null || open.has(key))
  const toggleAll = () =>
    setOpen(allOpen ? new Set() : new Set([...parents].filter((key): key is string => key !== null)))
  return (
    <div className="statement">
      <div className="statement-scroll" tabIndex={0} role="region" aria-label={name}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('statement.line')}</th>
              {data.columns.map((column) => (
                <th scope="col" key={column.key}>
                  {say(column.label)}
                  {column.note !== null && <span className="statement-note">{say(column.note)}</span>}
                </th>
              ))}
              {hasTotal && <th scope="col">{t('table.total')}</th>}
              {data.share_of !== null && <th scope="col">{say(data.share_of)}</th>}
            </tr>
          </thead>
          <tbody>
            {shownLines(data.lines, open).map((line) => (
              <tr key={line.key} className={`is-${line.role}`}>
                <LineName
                  line={line}
                  depth={depthOf(line, data.lines)}
                  hasParts={parents.has(line.key)}
                  isOpen={open.has(line.key)}
                  onToggle={() => toggle(line.key)}
                />
                {data.columns.map((column, at) => (
                  <td key={column.key}>
                    <Value
                      value={line.values[at] ?? null}
                      line={line}
                      currency={data.currency}
                      href={line.hrefs[at]}
                    />
                  </td>
                ))}
                {hasTotal && (
                  <td className="statement-total">
                    <Value value={line.total} line={line} currency={data.currency} href={line.href} />
                  </td>
                )}
                {data.share_of !== null && (
                  <td className="statement-share">
                    {line.share === null ? '' : fullText(line.share, 'ratio', null, lang)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {parents.size > 1 && (
        <div className="statement-foot">
          <button type="button" onClick={toggleAll}>
            {t(allOpen ? 'statement.fold' : 'statement.unfold')}
          </button>
        </div>
      )}
    </div>
  )
}
