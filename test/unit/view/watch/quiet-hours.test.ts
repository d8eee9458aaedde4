import { expect, test } from 'vitest'
import { clockOfMinute, isQuiet, minuteOfClock, minuteOfDay } from '../../../../src-renderer/view/watch/quiet-hours.ts'

const hours = (from: string, to: string, quiet = true) => ({
  desktop: false,
  quiet,
  quietFromMinute: minuteOfClock(from) ?? -1,
  quietToMinute: minuteOfClock(to) ?? -1,
})
const at = (clock: string): number => minuteOfClock(clock) ?? -1

test.each([
  ['22:00', '07:00', '23:10', true],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '07:00', false],
  ['22:00', '07:00', '12:00', false],
  ['12:00', '13:00', '12:00', true],
  ['12:00', '13:00', '13:00', false],
  ['08:00', '08:00', '03:00', true],
])('quiet from %s to %s: at %s it is %s', (from, to, now, expected) => {
  expect(isQuiet(hours(from, to), at(now))).toBe(expected)
  expect(isQuiet(hours(from, to, false), at(now))).toBe(false)
})

test('times of day go into minutes and back, and what is none is refused', () => {
  expect(['00:00', '09:05', '23:59'].map((clock) => clockOfMinute(at(clock)))).toEqual(['00:00', '09:05', '23:59'])
  expect(['', '24:00', '7:00', 'ab:cd'].map(minuteOfClock)).toEqual([undefined, undefined, undefined, undefined])
  expect(minuteOfDay(new Date(2026, 0, 2, 13, 45, 59).getTime())).toBe(13 * 60 + 45)
})
