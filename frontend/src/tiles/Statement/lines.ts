import type { StatementData } from '../../api/types'
import { pick, translate, type Lang } from '../../i18n/translate'
import { toCsv } from '../../table/csv'

export type Line = StatementData['lines'][number]

/** Lines to show: a part is shown when every line above it is unfolded. */
export function shownLines(lines: readonly Line[], open: ReadonlySet<string>): Line[] {
  const byKey = new Map(lines.map((line) => [line.key, line]))
  const isShown = (line: Line): boolean => {
    if (line.parent === null) return true
    const parent = byKey.get(line.parent)
    return parent !== undefined && open.has(parent.key) && isShown(parent)
  }
  return lines.filter(isShown)
}

/** How deep a line stands below the first level. */
export function depthOf(line: Line, lines: readonly Line[]): number {
  const parent = line.parent === null ? undefined : lines.find(({ key }) => key === line.parent)
  return parent === undefined ? 0 : 1 + depthOf(parent, lines)
}

/** The whole statement as CSV, folded lines included; parts are set in by two blanks each. */
export function statementCsv({ columns, lines, share_of }: StatementData, lang: Lang): string {
  const hasTotal = columns.length > 1
  const header = [
    translate(lang, 'statement.line'),
    ...columns.map(({ label }) => pick(label, lang)),
    ...(hasTotal ? [translate(lang, 'table.total')] : []),
    ...(share_of === null ? [] : [pick(share_of, lang)]),
  ]
  const rows = lines.map((line) => [
    '  '.repeat(depthOf(line, lines)) + pick(line.label, lang),
    ...columns.map((_, at) => line.values[at] ?? null),
    ...(hasTotal ? [line.total] : []),
    ...(share_of === null ? [] : [line.share]),
  ])
  return toCsv(header, rows)
}
