import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readTextInput } from '../../../src-main/cli/text-input.ts'

const folder = mkdtempSync(join(tmpdir(), 'sockscope-text-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text)
}

test('a file is read up to the size allowed and no further', async () => {
  expect(await readTextInput(file('a', 'Größe'), 7)).toEqual({ ok: true, text: 'Größe' })
  expect(await readTextInput(file('b', 'Größe!'), 7)).toEqual({ ok: false, trouble: 'too-large' })
  expect(await readTextInput(file('c', ''), 7)).toEqual({ ok: true, text: '' })
})
test('what is no file is told apart from what is not there', async () => {
  mkdirSync(join(folder, 'd'))
  expect(await readTextInput(join(folder, 'nobody'), 7)).toEqual({ ok: false, trouble: 'missing' })
  expect(await readTextInput(join(folder, 'd'), 7)).toEqual({ ok: false, trouble: 'no-file' })
  expect(await readTextInput(join(file('e', ''), 'below'), 7)).toEqual({ ok: false, trouble: 'unreadable', reason: 'ENOTDIR' })
})
test('standard input is read to its end, or until it is too much', async () => {
  expect(await readTextInput(pieces('ab', 'cd'), 4)).toEqual({ ok: true, text: 'abcd' })
  expect(await readTextInput(pieces('ab', 'cde'), 4)).toEqual({ ok: false, trouble: 'too-large' })
})
