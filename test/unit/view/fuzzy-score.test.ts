import { expect, test } from 'vitest'
import { fuzzyScore } from '../../../src-renderer/view/fuzzy-score.ts'

const better = (query: string, winner: string, loser: string): void =>
  expect(fuzzyScore(query, [winner]) ?? 0).toBeGreaterThan(fuzzyScore(query, [loser]) ?? 0)

test('the beginning of a word wins over the middle, and that over scattered letters', () => {
  better('the', 'Theme: Dark', 'Toggle other')
  better('dark', 'Theme: Dark', 'Endarken')
  better('tw', 'network', 'Time Wait')
  better('freeze', 'Freeze', 'Freeze the table for as long as you like')
})

test('scattered letters count in their order and from the beginning of a word only', () => {
  expect(fuzzyScore('tmw', ['time wait'])).toBeGreaterThan(0)
  expect(fuzzyScore('wmt', ['time wait'])).toBeUndefined()
  expect(fuzzyScore('imw', ['time wait'])).toBeUndefined()
})

test('every word must be found in some text, in whatever language', () => {
  expect(fuzzyScore('theme 深', ['Theme: Dark', '主题：深色'])).toBeGreaterThan(0)
  expect(fuzzyScore('theme blue', ['Theme: Dark', '主题：深色'])).toBeUndefined()
  expect(fuzzyScore('  ', ['anything'])).toBe(0)
})
