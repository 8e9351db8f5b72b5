import type { MetricPick } from '../../api/types'

export const KINDS = ['ratio', 'filter', 'weighted'] as const
export type Kind = (typeof KINDS)[number]
export const OPERATORS = ['=', '!=', '<', '<=', '>', '>='] as const
export const GOODS = ['up', 'down', 'none'] as const

export interface Condition {
  field: string
  is: string
  value: string
}

export interface Part {
  metric: string
  weight: number | null
}

/** A definition as the form holds it: the fields of every kind, of which the chosen kind sends its own. */
export interface OwnDraft {
  kind: Kind
  name: string
  label: string
  label_en: string
  definition: string
  good: string
  owner: string
  numerator: string
  denominator: string
  of: string
  where: Condition[]
  parts: Part[]
  /** Fields that the form does not show, kept as they came from a file. */
  rest: Record<string, unknown>
}

export const NEW_METRIC: OwnDraft = {
  kind: 'ratio',
  name: '',
  label: '',
  label_en: '',
  definition: '',
  good: 'none',
  owner: '',
  numerator: 'orders_paid',
  denominator: 'visitors',
  of: 'gmv_paid',
  where: [{ field: 'province', is: '=', value: '' }],
  parts: [
    { metric: 'visits', weight: 1 },
    { metric: 'cart_visitors', weight: 5 },
  ],
  rest: {},
}

type Document = Record<string, unknown>

const SHOWN = new Set(['kind', 'name', 'label', 'label_en', 'definition', 'good', 'owner'])
const OF_KIND: Record<Kind, readonly string[]> = {
  ratio: ['numerator', 'denominator'],
  filter: ['of', 'where'],
  weighted: ['parts'],
}

function wordsOf(value: unknown): string {
  return (Array.isArray(value) ? value : [value]).map(String).join(',')
}

/** The draft of a definition that is kept. */
export function draftOf(document: Document): OwnDraft {
  const kind = document.kind as Kind
  const known = new Set([...SHOWN, ...OF_KIND[kind]])
  const where = (document.where as Document[] | undefined)?.map((each) => ({
    field: String(each.field),
    is: String(each.is ?? '='),
    value: wordsOf(each.value),
  }))
  const shown = Object.entries(document).filter(([key]) => known.has(key) && key !== 'where')
  return {
    ...NEW_METRIC,
    ...Object.fromEntries(shown),
    ...(where === undefined ? {} : { where }),
    rest: Object.fromEntries(Object.entries(document).filter(([key]) => !known.has(key))),
  }
}

/** What is sent: several values of a condition are parted at commas, as in every filter. */
export function documentOf(draft: OwnDraft): Document {
  const described = { name: draft.name, label: draft.label }
  // A part of a metric is good where the metric is, unless it is said otherwise.
  const good = draft.good === 'none' ? '' : draft.good
  const optional = { label_en: draft.label_en, definition: draft.definition, owner: draft.owner, good }
  const given = Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== ''))
  const common = { ...draft.rest, kind: draft.kind, ...described, ...given }
  if (draft.kind === 'ratio') return { ...common, numerator: draft.numerator, denominator: draft.denominator }
  if (draft.kind === 'weighted') return { ...common, parts: draft.parts }
  const where = draft.where.map(({ field, is, value }) => {
    const words = value.split(/[,，]/).map((word) => word.trim())
    return { field, is, value: words.length === 1 ? words[0] : words }
  })
  return { ...common, of: draft.of, where }
}

/** The draft with another kind; what only the former kind could say is dropped. */
export function withKind(draft: OwnDraft, kind: Kind): OwnDraft {
  return { ...draft, kind, rest: {} }
}

export function rowsOf(choices: readonly MetricPick[], name: string): string | null {
  return choices.find((each) => each.name === name)?.rows ?? null
}
