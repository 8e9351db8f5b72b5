export interface SignalDraft {
  act: string
  categories: string[]
  products: string[]
  weight: number | null
}

export interface TagDraft {
  name: string
  label: string
  label_en: string
  signals: SignalDraft[]
  at_least: number | null
  half_life_days: number | null
  expires_days: number | null
  needs_consent: boolean
}

export const newSignal = (): SignalDraft => ({ act: 'bought', categories: [], products: [], weight: 1 })

export const newTag = (): TagDraft => ({
  name: '',
  label: '',
  label_en: '',
  signals: [newSignal()],
  at_least: 1,
  half_life_days: 90,
  expires_days: 365,
  needs_consent: false,
})
