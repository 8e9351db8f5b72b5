/**
 * CSV that a spreadsheet opens as data. A cell that begins like a formula gets an apostrophe, because
 * product titles and buyer notes are written by strangers; plain numbers stay numbers.
 */
const FORMULA_START = /^[=+\-@\t\r]/
const PLAIN_NUMBER = /^[-+]?\d+(\.\d+)?$/
const NEEDS_QUOTES = /[",\r\n]/

export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function toCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  return [header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n'
}

// Excel takes a file without this mark for the local encoding and breaks Chinese.
const BYTE_ORDER_MARK = '\ufeff'

function offer(href: string, fileName: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = fileName
  link.click()
}

export function downloadCsv(csv: string, name: string): void {
  const href = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' }))
  offer(href, `${fileName(name)}.csv`)
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
}

export function downloadPng(dataUrl: string, name: string): void {
  offer(dataUrl, `${fileName(name)}.png`)
}

/** A name that every file system accepts. */
export function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\s]+/g, '_').slice(0, 80) || 'zhanggui'
}
