import type { ReactNode } from 'react'

interface FieldProps {
  label: string
  isWrong: boolean
  children: ReactNode
}

/** One labelled control of the form, marked where the server found it wrong. */
export function Field({ label, isWrong, children }: FieldProps) {
  return (
    <label className={`rule-field${isWrong ? ' is-wrong' : ''}`}>
      <span>{label}</span>
      {children}
    </label>
  )
}
