import { expect, test } from 'vitest'
import { linesOf } from '../../../src-renderer/features/groups/group-lines.ts'
import { LineAnchor } from '../../../src-renderer/features/groups/line-anchor.ts'

const of = (keys: string) => linesOf(Array.from(keys, (key) => ({ key, level: 1, value: undefined })))
/** What is on screen of `before`, then how far to scroll when the lines are `after`. */
function shift(before: string, screen: { from: number; to: number; held?: string }, after: string): number {
  const anchor = new LineAnchor()
  anchor.remember(of(before), { held: undefined, ...screen })
  return anchor.shift(of(after))
}

test('at the top nothing is scrolled: one wants to see what comes in there', () => {
  expect(shift('abcdef', { from: 0, to: 3 }, 'xxabcdef')).toBe(0)
})
test('further down the lines on screen stay when others come or go above', () => {
  expect(shift('abcdef', { from: 2, to: 5 }, 'xyabcdef')).toBe(2)
  expect(shift('abcdef', { from: 2, to: 5 }, 'bcdef')).toBe(-1)
})
test('a line that its own figures carry off does not drag the others along', () => {
  expect(shift('abcdefg', { from: 2, to: 6 }, 'eabcdfg')).toBe(1)
  expect(shift('abcdefg', { from: 1, to: 6 }, 'acdefgb')).toBe(-1)
})
test('what is under the pointer or the keyboard stays, at the top too', () => {
  expect(shift('abcdef', { from: 0, to: 4, held: 'c' }, 'xxabcdef')).toBe(2)
  expect(shift('abcdefg', { from: 2, to: 6, held: 'e' }, 'eabcdfg')).toBe(-4)
})
test('what was not on screen holds nothing, and what is gone lets the others decide', () => {
  expect(shift('abcdef', { from: 0, to: 2, held: 'f' }, 'xabcdef')).toBe(0)
  expect(shift('abcdef', { from: 2, to: 5, held: 'd' }, 'xabcef')).toBe(1)
  expect(shift('abc', { from: 1, to: 3 }, '')).toBe(0)
})
