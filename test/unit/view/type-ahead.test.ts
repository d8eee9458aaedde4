import { expect, test } from 'vitest'
import { nextBeginning, typedAhead } from '../../../src-renderer/features/shortcuts/type-ahead.ts'

const names = ['nginx', 'node', 'node', 'postgres', 'sshd', 'systemd']
const jump = (typed: string, from: number): number => nextBeginning(typed, from, names.length, (index) => names[index] ?? '')
const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more })

test('one letter goes to the next such name and round again', () => {
  expect([jump('n', -1), jump('n', 0), jump('n', 1), jump('n', 2), jump('S', 4)]).toEqual([0, 1, 2, 0, 5])
})

test('more letters stay where they fit and go on where they do not', () => {
  expect([jump('no', 0), jump('no', 1), jump('sy', 4), jump('post', 5)]).toEqual([1, 1, 5, 3])
  expect(jump('zz', 2)).toBe(-1)
})

test('a letter typed again and again goes from name to name', () => {
  expect([jump('ss', 4), jump('nn', 0), jump('nnn', 1)]).toEqual([4, 1, 2])
})

test('an empty table has nothing to jump to', () => expect(nextBeginning('a', -1, 0, () => '')).toBe(-1))

test('only letters and digits begin a name; signs of names may follow; commands are left alone', () => {
  expect([typedAhead('', key('a')), typedAhead('', key('7')), typedAhead('a', key('-')), typedAhead('ab', key('Backspace'))]).toEqual([
    'a',
    '7',
    'a-',
    'a',
  ])
  const refused = [
    key('-'),
    key('/'),
    key('?'),
    key(' '),
    key('Enter'),
    key('Backspace'),
    key('a', { ctrlKey: true }),
    key('a', { isComposing: true }),
  ]
  expect(refused.map((each) => typedAhead('', each))).toEqual(refused.map(() => undefined))
  expect(typedAhead('a', key(' '))).toBeUndefined()
})
