import { expect, test } from 'vitest'
import { isForTyping, isStroke, strokeText, type KeyStroke, type PressedKey } from '../../../src-renderer/commands/key-stroke.ts'

const pressed = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})
const palette: KeyStroke = { key: 'k', command: true }

test('the command key is Ctrl, and Command on a Mac; the other one is another key', () => {
  expect(isStroke(pressed('k', { ctrlKey: true }), palette, false)).toBe(true)
  expect(isStroke(pressed('K', { metaKey: true }), palette, true)).toBe(true)
  expect(isStroke(pressed('k', { metaKey: true }), palette, false)).toBe(false)
  expect(isStroke(pressed('k', { ctrlKey: true }), palette, true)).toBe(false)
  expect(isStroke(pressed('k', { ctrlKey: true, shiftKey: true }), palette, false)).toBe(false)
  expect(isStroke(pressed('k'), palette, false)).toBe(false)
})

test('a sign counts however the keyboard makes it, a named key only with its modifiers', () => {
  expect(isStroke(pressed('/', { shiftKey: true }), { key: '/' }, false)).toBe(true)
  expect(isStroke(pressed('?', { shiftKey: true }), { key: '?' }, false)).toBe(true)
  expect(isStroke(pressed('Delete', { shiftKey: true }), { key: 'Delete' }, false)).toBe(false)
  expect(isStroke(pressed('Delete', { shiftKey: true }), { key: 'Delete', shift: true }, false)).toBe(true)
  expect(isStroke(pressed(' ', { shiftKey: true }), { key: ' ' }, false)).toBe(false)
})

test('a digit with modifiers is known by its place', () => {
  const stroke: KeyStroke = { key: '2', code: 'Digit2', alt: true, shift: true }
  expect(isStroke(pressed('"', { code: 'Digit2', altKey: true, shiftKey: true }), stroke, false)).toBe(true)
  expect(isStroke(pressed('2', { code: 'Digit3', altKey: true, shiftKey: true }), stroke, false)).toBe(false)
})

test('keys rest in text fields where they mean something there', () => {
  expect([{ key: '/' }, { key: ' ' }, { key: 'Delete' }, { key: '1', alt: true as const }].map(isForTyping)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect([{ key: 'F5' }, palette].map(isForTyping)).toEqual([false, false])
})

test.each([
  [{ key: 'Delete', shift: true }, 'Shift+Del', '⇧⌦'],
  [palette, 'Ctrl+K', '⌘K'],
  [{ key: ' ' }, 'Space', 'space'],
  [{ key: '1', alt: true, shift: true }, 'Alt+Shift+1', '⌥⇧1'],
] as const)('%j is written %s, and %s on a Mac', (stroke, usual, mac) => {
  expect([strokeText(stroke, false), strokeText(stroke, true)]).toEqual([usual, mac])
})
