import { expect, it } from 'vitest'
import { countedLeaves, documentOf, draftOf, newDraft, newLeaf, newLine } from './draft'

const document = {
  name: 'vip',
  label: '高价值',
  among: 'buyers',
  stores: [],
  condition: {
    kind: 'all',
    of: [
      { kind: 'metric', metric: 'gmv_paid', compare: '>=', value: 300, last_days: 90 },
      { kind: 'not', of: { kind: 'tag', any_of: ['mum'] } },
      {
        kind: 'any',
        of: [
          { kind: 'segment', any_of: ['high_value'] },
          { kind: 'member', any_of: [] },
        ],
      },
    ],
  },
}

it('an audience that is opened and kept says the same', () => {
  expect(documentOf(draftOf(document))).toEqual(document)
})

it('a condition that says too little is not sent and not counted', () => {
  const draft = newDraft()
  draft.root.of.push(newLine(newLeaf('segment')))
  expect(documentOf(draft).condition).toEqual({ kind: 'all', of: [newLeaf('metric')] })
  expect(countedLeaves(draft.root)).toHaveLength(1)
})

it('one condition without a group is shown as a group of one', () => {
  const single = draftOf({ ...document, condition: { kind: 'not', of: { kind: 'member', any_of: [] } } })
  expect(documentOf(single).condition).toEqual({
    kind: 'all',
    of: [{ kind: 'not', of: { kind: 'member', any_of: [] } }],
  })
})

it('a negation of a negation stays one', () => {
  const twice = { kind: 'not', of: { kind: 'not', of: { kind: 'member', any_of: [] } } }
  const { condition } = documentOf(draftOf({ ...document, condition: twice }))
  expect(condition).toEqual({
    kind: 'all',
    of: [{ kind: 'not', of: { kind: 'all', of: [{ kind: 'not', of: { kind: 'member', any_of: [] } }] } }],
  })
})
