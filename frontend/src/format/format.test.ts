import { describe, expect, it } from 'vitest'
import { allInOneYear, axisDate, timeText } from './date'
import { axisText, changeText, figure, fullText, shortText } from './value'

describe('cards in Chinese', () => {
  it.each([
    [6691234.5, '¥669.1万'],
    [1902487.15, '¥190.2万'],
    [2995760.61, '¥299.6万'],
    [123456789012, '¥1,235亿'],
    [123456789, '¥1.235亿'],
    [99999999, '¥1亿'],
    [9999.99, '¥9,999.99'],
    [10000, '¥1万'],
    [102.75, '¥102.75'],
    [0, '¥0.00'],
    [-629855.37, '−¥62.99万'],
  ])('money %d is written %s', (value, text) => {
    expect(shortText(value, 'money', 'CNY', 'zh')).toBe(text)
  })

  it.each([
    [28010, '2.801万'],
    [9876, '9,876'],
    [null, '—'],
  ])('a count of %s is written %s', (value, text) => {
    expect(shortText(value, 'count', null, 'zh')).toBe(text)
  })

  it('the unit glyph is apart from the digits', () => {
    expect(figure(6691234, 'money', 'CNY', 'zh')).toEqual({ prefix: '¥', digits: '669.1', suffix: '万' })
  })
})

describe('cards in English', () => {
  it.each([
    [6691234.5, '¥6.691M'],
    [572335.92, '¥572.3K'],
    [999999.9, '¥1M'],
    [3596.25, '¥3,596.25'],
    [36037, '¥36.04K'],
    [2.5e9, '¥2.5B'],
  ])('money %d is written %s', (value, text) => {
    expect(shortText(value, 'money', 'CNY', 'en')).toBe(text)
  })
})

describe('full figures', () => {
  it('tables keep every digit', () => {
    expect(fullText(2474823.07, 'money', 'CNY', 'zh')).toBe('¥2,474,823.07')
    expect(fullText(28010, 'count', null, 'zh')).toBe('28,010')
    expect(fullText(0.2313, 'ratio', null, 'zh')).toBe('23.13%')
    expect(fullText(-136552.02, 'money', 'GBP', 'en')).toBe('−£136,552.02')
    expect(fullText(null, 'money', 'CNY', 'zh')).toBe('—')
    expect(fullText(5, 'money', 'THB', 'en')).toBe('THB 5.00')
    expect(fullText(3.25, 'days', null, 'zh')).toBe('3.3 天')
    expect(fullText(18.97, 'hours', null, 'zh')).toBe('19 小时')
    expect(fullText(1.7667, 'minutes', null, 'en')).toBe('1.8 minutes')
  })
})

describe('axes and changes', () => {
  it('axis labels carry no trailing zeros', () => {
    expect(axisText(200000, 'money', 'CNY', 'zh')).toBe('¥20万')
    expect(axisText(0, 'money', 'CNY', 'zh')).toBe('¥0')
    expect(axisText(0.1, 'ratio', null, 'en')).toBe('10%')
  })

  it('a ratio changes in percentage points, all else in percent', () => {
    expect(changeText(-0.0061, 'pp', 'zh')).toBe('0.61 个百分点')
    expect(changeText(-0.0061, 'pp', 'en')).toBe('0.61 pp')
    expect(changeText(0.041, 'ratio', 'zh')).toBe('4.1%')
    expect(changeText(12.345, 'ratio', 'en')).toBe('1,235%')
  })
})

describe('dates', () => {
  it('the year is dropped only when all dates share it', () => {
    expect(allInOneYear(['2020-02-01', '2020-03-01'])).toBe(true)
    expect(allInOneYear(['2019-12-31', '2020-01-01'])).toBe(false)
    expect(axisDate('2020-02-01', true)).toBe('02-01')
    expect(axisDate('2020-02-01', false)).toBe('2020-02-01')
  })

  it('a time without zone stays as written', () => {
    expect(timeText('2020-02-01T08:30:00.123')).toBe('2020-02-01 08:30:00')
  })

  it('a moment is told in the time of the reader, who is in Shanghai here', () => {
    expect(timeText('2020-02-01T08:30:00Z')).toBe('2020-02-01 16:30:00')
    expect(timeText('2020-02-01T20:30:00.123+00:00')).toBe('2020-02-02 04:30:00')
  })
})
