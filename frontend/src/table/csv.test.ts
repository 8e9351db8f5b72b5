import { expect, it } from 'vitest'
import { csvCell, fileName, toCsv } from './csv'

it.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+86 130', `"'+86 130"`],
  ['@sum', `"'@sum"`],
  ['-2+3', `"'-2+3"`],
  ['\tx', `"'\tx"`],
])('a cell %j that looks like a formula cannot run', (cell, csv) => {
  expect(csvCell(cell)).toBe(csv)
})

it('numbers stay numbers, negative ones too', () => {
  expect([csvCell(-12.5), csvCell('-629855.37'), csvCell(0), csvCell(null)]).toEqual([
    '-12.5',
    '-629855.37',
    '0',
    '',
  ])
})

it('commas, quotes and line ends are quoted', () => {
  expect(toCsv(['a,b', 'c'], [['x"y', 'l1\nl2']])).toBe('"a,b",c\r\n"x""y","l1\nl2"\r\n')
})

it('a file name holds no path', () => {
  expect(fileName('支付/金额: 趋势')).toBe('支付_金额_趋势')
})
