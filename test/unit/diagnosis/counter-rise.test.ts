import { expect, test } from 'vitest'
import { CounterAlarm, machineKey } from '../../../src-main/diagnosis/counter-alarm.ts'
import { CounterRise } from '../../../src-main/diagnosis/counter-rise.ts'

const at = 1_795_161_600_000

test('what a counter had before the first look is no rise', () => {
  const rise = new CounterRise()
  expect(rise.lastMinute).toBeUndefined()
  rise.observe(5000, at)
  expect(rise.lastMinute).toBe(0)
})

test('only the last minute counts', () => {
  const rise = new CounterRise()
  rise.observe(0, at)
  rise.observe(10, at + 1000)
  rise.observe(13, at + 40_000)
  expect(rise.lastMinute).toBe(13)
  expect(rise.within(10_000)).toBe(3)
  rise.observe(13, at + 61_000)
  expect(rise.lastMinute).toBe(3)
})

test('a look that could not read the counter is skipped', () => {
  const rise = new CounterRise()
  rise.observe(1, at)
  rise.observe(undefined, at + 1000)
  rise.observe(4, at + 2000)
  expect(rise.lastMinute).toBe(3)
})

test('a counter of 32 bits goes round; one that falls otherwise is another counter', () => {
  const rise = new CounterRise()
  rise.observe(2 ** 32 - 2, at)
  rise.observe(3, at + 1000)
  expect(rise.lastMinute).toBe(5)
  rise.observe(0, at + 2000)
  expect(rise.lastMinute).toBe(5)
})

test('an alarm raises at once, outlasts a pause, and ends', () => {
  const alarm = new CounterAlarm(2)
  const levels = [0, 1, 2, 2, 2, 2].map((value, look) => {
    alarm.observe(value, at + look * 4000)
    return alarm.level
  })
  expect(levels).toEqual([undefined, 'keep', 'raise', 'raise', 'keep', undefined])
  alarm.observe(2, at + 60_000)
  expect(alarm.level).toBeUndefined()
})

test('an alarm stays with what it named first while that is there', () => {
  const alarm = new CounterAlarm(1)
  alarm.observe(0, at)
  alarm.observe(9, at + 1000)
  expect(alarm.subject(new Set(['a', 'b']), 'a')).toBe('a')
  expect(alarm.subject(new Set(['a', 'b']), 'b')).toBe('a')
  expect(alarm.subject(new Set(['b']), 'b')).toBe('b')
  expect(alarm.subject(new Set(), undefined)).toBe(machineKey)
})

test('an alarm that was over names anew', () => {
  const alarm = new CounterAlarm(1)
  alarm.observe(0, at)
  alarm.observe(9, at + 1000)
  expect(alarm.subject(new Set(['a', 'b']), 'a')).toBe('a')
  alarm.observe(9, at + 50_000)
  alarm.observe(10, at + 51_000)
  expect(alarm.subject(new Set(['a', 'b']), 'b')).toBe('b')
})
