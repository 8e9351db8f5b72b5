export type Amount = number | string | null | undefined

function minor(amount: Amount): bigint | null {
  if (amount === null || amount === undefined || amount === '') return null
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(typeof amount === 'number' ? amount.toFixed(4) : amount.trim())
  if (match === null) return null
  const [, sign = '', whole = '0', decimals = ''] = match
  const size = BigInt(whole) * 10_000n + BigInt(decimals.padEnd(4, '0').slice(0, 4))
  return sign === '-' ? -size : size
}

/**
 * What is left between a file's total and the ledger's after the stated rounding, as a number for
 * display; 0 means the file ties. Null when one of the totals is not known.
 */
export function untied(file: Amount, ledger: Amount, rounding: Amount): number | null {
  const fileMinor = minor(file)
  const ledgerMinor = minor(ledger)
  if (fileMinor === null || ledgerMinor === null) return null
  return Number(fileMinor - ledgerMinor - (minor(rounding) ?? 0n)) / 10_000
}

export function toNumber(amount: Amount): number | null {
  return amount === null || amount === undefined || amount === '' ? null : Number(amount)
}
