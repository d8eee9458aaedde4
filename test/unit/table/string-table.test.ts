import { expect, it } from 'vitest'
import { StringTable } from '../../../src-main/table/string-table.ts'

it('gives one reference per text, and 0 for an absent one', () => {
  const table = new StringTable()
  expect([table.intern(undefined, 1), table.intern('root', 1), table.intern('ana', 2), table.intern('root', 3)]).toEqual([0, 1, 2, 1])
  expect([table.text(0), table.text(1), table.text(2), table.text(3)]).toEqual([undefined, 'root', 'ana', undefined])
})

it('keeps an empty text apart from an absent one', () => {
  const table = new StringTable()
  const reference = table.intern('', 1)
  expect(reference).not.toBe(0)
  expect(table.text(reference)).toBe('')
})

it('tells the entries that came after a sequence, with the place of the first', () => {
  const table = new StringTable()
  table.intern('a', 1)
  table.intern('b', 2)
  table.intern('c', 2)
  expect(table.since(-1)).toEqual({ first: 1, texts: ['a', 'b', 'c'] })
  expect(table.since(1)).toEqual({ first: 2, texts: ['b', 'c'] })
  expect(table.since(2)).toEqual({ first: 4, texts: [] })
})
