import { expect, test } from 'vitest'
import { groupIntent, type GroupIntent } from '../../../src-renderer/features/groups/group-keys.ts'
import { linesOf, type GroupLine } from '../../../src-renderer/features/groups/group-lines.ts'

const line = (key: string, level: number, expanded?: boolean): GroupLine<undefined> => ({ key, level, expanded, value: undefined })
/** A folded group, an unfolded one with two below it, and one with nothing to unfold. */
const lines = linesOf([line('a', 1, false), line('b', 1, true), line('b1', 2), line('b2', 2), line('c', 1)])
const press = (key: string, activeIndex: number, modifiers: { shiftKey?: boolean; ctrlKey?: boolean; altKey?: boolean } = {}) =>
  groupIntent(
    { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers },
    { lines, activeIndex, linesPerPage: 2, onMac: false },
  )
const to = (index: number): GroupIntent => ({ kind: 'move', to: index })

test.each([
  ['ArrowDown', -1, to(0)],
  ['ArrowDown', 4, to(4)],
  ['ArrowUp', -1, to(0)],
  ['ArrowUp', 0, to(0)],
  ['Home', 3, to(0)],
  ['End', -1, to(4)],
  ['PageDown', 1, to(3)],
  ['PageUp', 1, to(0)],
  ['ArrowRight', 0, { kind: 'toggle' }],
  ['ArrowRight', 1, to(2)],
  ['ArrowRight', 2, { kind: 'stay' }],
  ['ArrowRight', 4, { kind: 'stay' }],
  ['ArrowLeft', 1, { kind: 'toggle' }],
  ['ArrowLeft', 3, to(1)],
  ['ArrowLeft', 0, { kind: 'stay' }],
  ['Enter', 2, { kind: 'open' }],
  ['Enter', -1, undefined],
  ['Delete', 4, { kind: 'end' }],
  ['Delete', -1, undefined],
  [' ', 2, undefined],
  ['x', 2, undefined],
] as const)('%s at line %i', (key, at, intent) => expect(press(key, at)).toEqual(intent))

test('with Shift, Delete closes connections, and no other key means anything', () => {
  expect(press('Delete', 0, { shiftKey: true })).toEqual({ kind: 'close' })
  expect(press('ArrowDown', 0, { shiftKey: true })).toBe(undefined)
})

test('Ctrl and C copy, with Shift as JSON; other keys with Ctrl or Alt are left to the window', () => {
  expect(press('c', 0, { ctrlKey: true })).toEqual({ kind: 'copy', format: 'text' })
  expect(press('C', 0, { ctrlKey: true, shiftKey: true })).toEqual({ kind: 'copy', format: 'json' })
  expect(press('c', -1, { ctrlKey: true })).toBe(undefined)
  expect(press('Home', 0, { ctrlKey: true })).toBe(undefined)
  expect(press('ArrowDown', 0, { altKey: true })).toBe(undefined)
})
