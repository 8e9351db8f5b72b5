import { useId, type ReactNode } from 'react'

interface FieldProps {
  label: string
  hint?: string
  children: (id: string) => ReactNode
}

/** A labelled control; `children` receives the id that ties the label to it. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  return (
    <div className="map-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <span className="map-quiet">{hint}</span>}
    </div>
  )
}

export interface Choice {
  value: string
  label: string
}

interface ChooseProps {
  id?: string
  label?: string
  value: string
  choices: readonly Choice[]
  none?: string
  onChoose: (value: string) => void
}

/** A select of the platform itself: quick with hundreds of choices, and known to every keyboard and phone. */
export function Choose({ id, label, value, choices, none, onChoose }: ChooseProps) {
  const isKnown = value === '' || choices.some((choice) => choice.value === value)
  return (
    <select
      id={id}
      aria-label={label}
      className="map-select"
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {!isKnown && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}
