import { expect, it } from 'vitest'
import { pick, translate } from '../../i18n/translate'
import { problemWords } from './problem'

const zh = {
  t: (key: Parameters<typeof translate>[1]) => translate('zh', key),
  say: (text: Parameters<typeof pick>[0]) => pick(text, 'zh'),
}

it('a known problem is told in the language of the screen, with the details after it', () => {
  const words = problemWords(
    { code: 'empty_file', what: 'The file is empty.', where: 'a.csv', next: 'export again' },
    zh,
  )
  expect(words.headline).toBe('这是一份空文件。重新从平台导出后再放进来。')
  expect(words.details).toEqual(['The file is empty.', 'a.csv', 'export again'])
})

it('an unknown problem is told in the words of the server', () => {
  const words = problemWords({ code: 'brand_new', what: 'W', where: '', next: 'N' }, zh)
  expect(words).toEqual({ headline: 'W', details: ['N'] })
})

it('a failure without words still has a way on', () => {
  expect(problemWords(null, zh).details).toHaveLength(1)
})
