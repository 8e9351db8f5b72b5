/** Amounts as whole ten-thousandths, so that 0.3 − 0.1 is 0.2. */
const SCALE = 10_000

/**
 * What is left between a file's total and the ledger's after the stated rounding; 0 means that the file
 * ties. Null when one of the totals is not known.
 */
export function untied(file: number | null, ledger: number | null, rounding: number | null): number | null {
  if (file === null || ledger === null) return null
  const [whole = 0, booked = 0, rounded = 0] = [file, ledger, rounding ?? 0].map((amount) =>
    Math.round(amount * SCALE),
  )
  return (whole - booked - rounded) / SCALE
}
