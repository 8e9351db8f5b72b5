export const KINDS = [
  'metric',
  'days_since',
  'segment',
  'stage',
  'tag',
  'bought',
  'did',
  'member',
  'birth_month',
  'province',
  'prefers',
  'audience',
] as const
export type Kind = (typeof KINDS)[number]

export const COMPARISONS = ['>=', '>', '=', '!=', '<=', '<'] as const

/** One condition as the server knows it; which fields it has depends on its kind. */
export interface Leaf {
  kind: Kind
  metric?: string
  compare?: string
  value?: number | null
  moment?: string
  what?: string
  any_of?: (string | number)[]
  at_least?: number
  name?: string
  last_days?: number | null
  date_from?: string | null
  date_to?: string | null
}

export interface Line {
  id: number
  isNot: boolean
  node: Leaf | Group
}

export interface Group {
  kind: 'all' | 'any'
  of: Line[]
}

export interface AudienceDraft {
  name: string
  label: string
  among: 'buyers' | 'everybody'
  stores: string[]
  root: Group
}

type Document = Record<string, unknown>

let lastId = 0

export const isGroup = (node: Leaf | Group): node is Group => node.kind === 'all' || node.kind === 'any'

export function newLeaf(kind: Kind): Leaf {
  switch (kind) {
    case 'metric':
      return { kind, metric: 'orders_paid', compare: '>=', value: 1 }
    case 'days_since':
      return { kind, moment: 'last_order', compare: '>=', value: 90 }
    case 'bought':
      return { kind, what: 'category', any_of: [], at_least: 1 }
    case 'did':
      return { kind, any_of: [], at_least: 1 }
    case 'prefers':
      return { kind, what: 'size', any_of: [] }
    case 'audience':
      return { kind, name: '' }
    default:
      return { kind, any_of: [] }
  }
}

export const newLine = (node: Leaf | Group): Line => ({ id: ++lastId, isNot: false, node })

export const newDraft = (): AudienceDraft => ({
  name: '',
  label: '',
  among: 'buyers',
  stores: [],
  root: { kind: 'all', of: [newLine(newLeaf('metric'))] },
})

/** Whether a condition says enough to be counted. */
export function isComplete(leaf: Leaf): boolean {
  if (leaf.kind === 'audience') return Boolean(leaf.name)
  if (leaf.kind === 'metric' || leaf.kind === 'days_since')
    return typeof leaf.value === 'number' && leaf.metric !== ''
  return leaf.kind === 'member' || (leaf.any_of ?? []).length > 0
}

/** The conditions that are counted, in the order in which the server counts them. */
export function countedLeaves(group: Group): Leaf[] {
  return group.of.flatMap(({ node }) =>
    isGroup(node) ? countedLeaves(node) : isComplete(node) ? [node] : [],
  )
}

function conditionOf(group: Group): Document | null {
  const of = group.of.flatMap(({ isNot, node }) => {
    const inner = isGroup(node) ? conditionOf(node) : isComplete(node) ? { ...node } : null
    if (inner === null) return []
    return [isNot ? { kind: 'not', of: inner } : inner]
  })
  return of.length === 0 ? null : { kind: group.kind, of }
}

/** The audience as the server takes it; conditions that say too little are left out. */
export function documentOf({ name, label, among, stores, root }: AudienceDraft): Document {
  return {
    name: name || 'draft',
    label,
    among,
    stores,
    condition: conditionOf(root) ?? { kind: 'all', of: [] },
  }
}

function lineOf(document: Document): Line {
  if (document.kind === 'not') {
    const inner = lineOf(document.of as Document)
    // Two negations in a row become a group, so that nothing is lost.
    return inner.isNot ? { ...newLine({ kind: 'all', of: [inner] }), isNot: true } : { ...inner, isNot: true }
  }
  if (document.kind === 'all' || document.kind === 'any') return newLine(groupOf(document))
  return newLine(document as unknown as Leaf)
}

function groupOf(document: Document): Group {
  return { kind: document.kind as 'all' | 'any', of: (document.of as Document[]).map(lineOf) }
}

/** What the builder shows of a saved audience. */
export function draftOf(document: Document): AudienceDraft {
  const condition = document.condition as Document
  const isPlain = condition.kind === 'all' || condition.kind === 'any'
  return {
    name: String(document.name),
    label: String(document.label ?? ''),
    among: document.among === 'everybody' ? 'everybody' : 'buyers',
    stores: (document.stores as string[] | undefined) ?? [],
    root: isPlain ? groupOf(condition) : { kind: 'all', of: [lineOf(condition)] },
  }
}
