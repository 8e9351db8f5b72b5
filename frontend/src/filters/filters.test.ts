import { describe, expect, it } from 'vitest'
import { carry, conditions, dateRange, sourceUrl, withoutFilters } from './filters'
import { presetOf, presetRange, type PresetContext } from './presets'

const url = (query: string) => new URLSearchParams(query)

describe('links between pages', () => {
  it('take the filters along', () => {
    expect(carry('/metrics/a', url('from=2020-02-01&platform=tmall&platform=jd&page=3'))).toBe(
      '/metrics/a?from=2020-02-01&platform=tmall&platform=jd',
    )
  })

  it('let the link decide where both speak', () => {
    expect(carry('/metrics/a?platform=jd', url('platform=tmall&compare=year'))).toBe(
      '/metrics/a?compare=year&platform=jd',
    )
  })

  it('leave a drill condition behind', () => {
    expect(carry('/data', url('where=province%3D江苏'))).toBe('/data')
  })
})

describe('the address of a tile', () => {
  it('takes names from the route and filters from the URL', () => {
    expect(sourceUrl('/api/v1/tiles/metric/{name}', { name: 'a b' }, url('to=2020-02-29&rows=1'))).toBe(
      '/api/v1/tiles/metric/a%20b?to=2020-02-29',
    )
  })

  it('keeps what the page fixed, and adds up drill conditions', () => {
    expect(
      sourceUrl('/api/v1/rows?compare=year&where=a%3D1', {}, url('compare=previous&where=b%3D2'), {
        page: 2,
      }),
    ).toBe('/api/v1/rows?compare=year&where=a%3D1&where=b%3D2&page=2')
  })
})

describe('reading the URL', () => {
  it('ignores what is not a date', () => {
    expect(dateRange(url('from=yesterday&to=2020-02-29'))).toEqual({ from: null, to: '2020-02-29' })
  })

  it('splits a condition at the first equals sign', () => {
    expect(conditions(url('where=sku%3Da%3Db'))).toEqual([{ raw: 'sku=a=b', dimension: 'sku', value: 'a=b' }])
  })

  it('a reset leaves other keys alone', () => {
    expect(withoutFilters(url('from=2020-02-01&tab=2')).toString()).toBe('tab=2')
  })
})

describe('date presets', () => {
  const context: PresetContext = {
    dataFrom: '2020-01-15',
    dataTo: '2020-03-01',
    promotions: [
      { name: { zh: '年货节', en: 'New Year' }, from: '2020-01-10', to: '2020-01-18' },
      { name: { zh: '38', en: '38' }, from: '2020-02-28', to: '2020-03-08' },
    ],
  }

  it.each([
    ['yesterday', '2020-03-01', '2020-03-01'],
    ['last7', '2020-02-24', '2020-03-01'],
    ['last30', '2020-02-01', '2020-03-01'],
    ['this_month', '2020-03-01', '2020-03-01'],
    ['last_month', '2020-02-01', '2020-02-29'],
    ['promotion', '2020-02-28', '2020-03-01'],
    ['all', null, null],
  ] as const)('%s counts from the last loaded day', (preset, from, to) => {
    expect(presetRange(preset, context)).toEqual({ from, to })
  })

  it('without data only "all" is offered', () => {
    expect(presetRange('last7', { ...context, dataTo: null })).toBeNull()
    expect(presetRange('promotion', { ...context, promotions: [] })).toBeNull()
  })

  it('dates in the URL are named when a preset fits', () => {
    expect(presetOf({ from: '2020-02-24', to: '2020-03-01' }, context)).toBe('last7')
    expect(presetOf({ from: '2020-02-25', to: '2020-03-01' }, context)).toBeNull()
  })
})
