/** The Chinese texts use one word for one thing (docs/glossary.md, "Terms in Chinese"). */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createCellFormat } from '../../../src-renderer/view/format.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
/** Whole files with both languages too: each literal with a Chinese character counts. */
const literals = ['src-main/', 'src-shared/', 'src-renderer/'].flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|vue)$/u.test(path))
    .flatMap((path) => chineseLiterals(readFileSync(root + folder + path, 'utf8')).map((text) => `${folder}${path}: ${text}`)),
)

function chineseLiterals(source: string): string[] {
  return [...source.matchAll(/'(?:[^'\\\n]|\\.)*'|`[^`]*`/gu)].map(([text]) => text).filter((text) => /\p{Script=Han}/u.test(text))
}

test('the texts are found', () => {
  expect(literals.length).toBeGreaterThan(1000)
})

test.each(['洪泛', '本方', '对方', '复位', '所属进程', '重发', '重复发送', '呼叫'])('no text says %s', (word) => {
  expect(literals.filter((text) => text.includes(word))).toEqual([])
})

test('quotation marks are the Chinese ones', () => {
  expect(literals.filter((text) => text.includes('"'))).toEqual([])
})

test('a space stands between a number and its unit', () => {
  expect(literals.filter((text) => /\d(?:毫秒|秒|分钟|小时|天|字节)/u.test(text))).toEqual([])
  const format = createCellFormat({ locale: 'zh-CN', translate: (key) => key, stateText: (state) => state })
  expect([format.milliseconds(1.5), format.duration(2000), format.duration(7_200_000)]).toEqual(['1.5 毫秒', '2 秒', '2 小时'])
})
