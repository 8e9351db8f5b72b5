import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { en } from './en'
import { translate } from './translate'
import { zh } from './zh'

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !/i18n|testing/.test(path) ? [path] : []
  })
}

it('both languages have the same keys', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
})

it('both languages fill in the same blanks', () => {
  const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
  for (const key of Object.keys(zh) as (keyof typeof zh)[])
    expect([key, blanks(en[key])]).toEqual([key, blanks(zh[key])])
})

it('every key is used', () => {
  const code = sources('src')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  // Keys built from a variable end, such as t(`jobs.state.${state}`).
  const prefixes = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
  const isUsed = (key: string) =>
    code.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix))
  expect(Object.keys(zh).filter((key) => !isUsed(key))).toEqual([])
})

it('no component holds Chinese text of its own', () => {
  const withChinese = sources('src').filter((path) =>
    /[\u4e00-\u9fff]/.test(readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
  )
  expect(withChinese).toEqual(['src/format/compact.ts', 'src/format/value.ts', 'src/shell/languages.ts'])
})

it('a blank is filled with the given word', () => {
  expect(translate('zh', 'search.none', { q: '退款' })).toBe('没有找到“退款”')
  expect(translate('en', 'upload.issues', { n: 3 })).toBe('3 notes')
})
