import { RightOutlined } from '@ant-design/icons'
import type { MouseEvent } from 'react'
import type { Column, Row } from '../../api/types'
import { Go, useView } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import { alignOf, cellText } from '../cells'

interface SharedProps {
  columns: readonly Column[]
  currency: string | null | undefined
  hasLinks: boolean
}

// Colour goes with words: what a state is, its text says.
const toneOf = (column: Column, row: Row) =>
  column.unit === 'status' && typeof row._tone === 'string' ? ` tone-${row._tone}` : ''

const classOf = (column: Column) => `align-${alignOf(column)} unit-${column.unit}`

// Order numbers and the like are texts that read as figures.
const isCode = (text: string) => /^[\d-]{4,}$/.test(text)

const LONG_CHARS = 28
const textClass = (column: Column, text: string) =>
  column.unit !== 'text' ? '' : isCode(text) ? ' digits' : text.length > LONG_CHARS ? ' is-long' : ''

/** Rows. The whole row is a target for the mouse; the arrow at its end is the link for keys and readers. */
export function TableBody({ columns, rows, currency, hasLinks }: SharedProps & { rows: readonly Row[] }) {
  const { lang, t } = useWords()
  const { open } = useView()
  const first = columns[0]
  const clickRow = (event: MouseEvent, href: string) => {
    const isOnLink = event.target instanceof Element && event.target.closest('a') !== null
    // Selecting text to copy it is not a wish to leave.
    if (!isOnLink && (window.getSelection()?.toString() ?? '') === '') open(href)
  }
  return (
    <tbody>
      {rows.map((row, index) => {
        const href = typeof row._href === 'string' ? row._href : null
        return (
          <tr
            key={index}
            className={href === null ? undefined : 'is-link'}
            onClick={href === null ? undefined : (e) => clickRow(e, href)}
          >
            {columns.map((column) => {
              const text = cellText(row[column.key], column, currency, lang)
              return (
                <td
                  key={column.key}
                  className={`${classOf(column)}${textClass(column, text)}${toneOf(column, row)}`}
                >
                  {text}
                </td>
              )
            })}
            {hasLinks && (
              <td className="data-table-open">
                {href !== null && (
                  <Go
                    href={href}
                    label={t('tile.open', {
                      name: first ? cellText(row[first.key], first, currency, lang) : String(index + 1),
                    })}
                  >
                    <RightOutlined aria-hidden />
                  </Go>
                )}
              </td>
            )}
          </tr>
        )
      })}
    </tbody>
  )
}

export function TableTotal({ columns, total, currency, hasLinks }: SharedProps & { total: Row }) {
  const { lang, t } = useWords()
  const textOf = (column: Column, index: number) => {
    const value = total[column.key]
    if (value === null || value === undefined) return index === 0 ? t('table.total') : ''
    return cellText(value, column, currency, lang)
  }
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) => (
          <td key={column.key} className={classOf(column)}>
            {textOf(column, index)}
          </td>
        ))}
        {hasLinks && <td />}
      </tr>
    </tfoot>
  )
}
