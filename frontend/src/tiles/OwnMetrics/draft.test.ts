import { expect, it } from 'vitest'
import { NEW_METRIC, documentOf, draftOf, withKind } from './draft'

it('a definition that is opened and kept says the same', () => {
  const document = {
    kind: 'filter',
    name: 'west',
    label: '西部',
    of: 'gmv_paid',
    where: [{ field: 'province', is: '=', value: ['四川', '西藏'] }],
    definition_en: 'Sales in the west',
  }
  expect(documentOf(draftOf(document))).toEqual(document)
})

it('only the fields of the chosen kind are sent', () => {
  expect(Object.keys(documentOf({ ...withKind(NEW_METRIC, 'weighted'), name: 'w', label: 'w' }))).toEqual([
    'kind',
    'name',
    'label',
    'parts',
  ])
})

it('one value of a condition is a word, several are a list', () => {
  const draft = withKind(NEW_METRIC, 'filter')
  const valueOf = (value: string) =>
    (documentOf({ ...draft, where: [{ field: 'f', is: '=', value }] }).where as { value: unknown }[])[0]
      ?.value
  expect(valueOf('100')).toBe('100')
  expect(valueOf('四川， 西藏')).toEqual(['四川', '西藏'])
})
