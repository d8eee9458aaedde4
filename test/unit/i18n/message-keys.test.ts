/** Words of the interface: every language says the same things, every key in the sources exists, and none lies idle. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { en } from '../../../src-renderer/i18n/en.ts'
import { zhCn } from '../../../src-renderer/i18n/zh-cn.ts'
import { chooseLocale } from '../../../src-renderer/i18n/messages.ts'

interface Tree {
  readonly [key: string]: string | Tree
}

const renderer = fileURLToPath(new URL('../../../src-renderer/', import.meta.url))
const english = flatten(en)
const chinese = flatten(zhCn)
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|vue)$/u.test(path) && !path.startsWith('i18n/en') && !path.startsWith('i18n/zh'))
  .map((path) => ({ path, text: readFileSync(renderer + path, 'utf8') }))

function flatten(tree: Tree, prefix = '', into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(prefix + key, value)
    else flatten(value, `${prefix}${key}.`, into)
  }
  return into
}

/** `{name}` parts of a text. */
function parameters(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name ?? ''))].toSorted()
}

test('both languages have the same keys', () => {
  expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted())
})

test('no text is empty, and none has a sign that the message format would take as its own', () => {
  const bad = [...english, ...chinese].filter(([, text]) => text.trim() === '' || text.includes('@') || text.includes('—'))
  expect(bad).toEqual([])
})

test('a translation names no parameter that the English text does not have', () => {
  const strange = [...chinese].filter(([key, text]) => {
    const known = new Set([...parameters(english.get(key) ?? ''), 'count'])
    return parameters(text).some((name) => !known.has(name))
  })
  expect(strange).toEqual([])
})

test('every figure and name of an English text appears in Chinese too', () => {
  const lost = [...english].filter(([key, text]) =>
    parameters(text).some((name) => name !== 'count' && !parameters(chinese.get(key) ?? '').includes(name)),
  )
  expect(lost).toEqual([])
})

const written = new Set(sources.flatMap(({ text }) => [...text.matchAll(/'([a-zA-Z]+(?:\.[\w-]+)+)'/gu)].map(([, key]) => key ?? '')))
const singleWords = new Set(sources.flatMap(({ text }) => [...text.matchAll(/\bt\('(\w+)'/gu)].map(([, key]) => key ?? '')))
/** `t(\`problem.${code}\`)` uses every key below `problem.`; what follows the variable part narrows it. */
const patterns = sources.flatMap(({ text }) =>
  [...text.matchAll(/`([a-zA-Z]+\.(?:[\w-]+\.)*)\$\{[^`]*?\}([\w-]*)`/gu)].map(([, before, after]) => ({
    before: before ?? '',
    after: after ?? '',
  })),
)

test('every key that the sources look up exists', () => {
  const roots = new Set(Object.keys(en))
  const missing = [...written, ...singleWords].filter((key) => roots.has(key.split('.')[0] ?? '') && !english.has(key) && !isFileName(key))
  expect(missing).toEqual([])
  expect(patterns.filter(({ before, after }) => ![...english.keys()].some((key) => key.startsWith(before) && key.endsWith(after)))).toEqual(
    [],
  )
})

test('no key lies idle', () => {
  const idle = [...english.keys()].filter(
    (key) =>
      !written.has(key) && !singleWords.has(key) && !patterns.some(({ before, after }) => key.startsWith(before) && key.endsWith(after)),
  )
  expect(idle).toEqual([])
})

function isFileName(key: string): boolean {
  return /\.(ts|vue|css)$/u.test(key)
}

test('no component has words of its own between its tags or in what a screen reader says', () => {
  const offenders = sources
    .filter(({ path }) => path.endsWith('.vue'))
    .flatMap(({ path, text }) => {
      const template = /<template>([\s\S]*)<\/template>/u.exec(text)?.[1] ?? ''
      const plain = template.replaceAll(/<!--[\s\S]*?-->/gu, '').replaceAll(/\{\{[\s\S]*?\}\}/gu, '')
      const between = [...plain.matchAll(/>([^<>]*\p{L}{2,}[^<>]*)</gu)].map(([, words]) => words?.trim())
      const attributes = [...plain.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*)"/gu)].map(([, words]) => words)
      return [...between, ...attributes]
        .filter((words) => words !== undefined && !/[=`?(]/u.test(words))
        .map((words) => `${path}: ${words}`)
    })
  expect(offenders).toEqual([])
})

const choices: readonly (readonly ['system' | 'en' | 'zh-CN', string[], string])[] = [
  ['system', ['zh-Hans-CN', 'en'], 'zh-CN'],
  ['system', ['de', 'zh-TW'], 'zh-CN'],
  ['system', ['en-GB', 'zh-CN'], 'en'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
  ['en', ['zh-CN'], 'en'],
  ['zh-CN', ['en'], 'zh-CN'],
]

test.each(choices)('setting %s on a system of %j speaks %s', (setting, languages, expected) => {
  expect(chooseLocale(setting, languages)).toBe(expected)
})
