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
  for (let second = 5; second < 40; second += 5) rise.observe(10, at + second * 1000)
  rise.observe(13, at + 40_000)
  expect(rise.lastMinute).toBe(13)
  expect(rise.within(10_000)).toBe(3)
  for (let second = 45; second <= 61; second += 4) rise.observe(13, at + second * 1000)
  expect(rise.lastMinute).toBe(3)
})

test('what rose over an hour without looks did not rise now', () => {
  const rise = new CounterRise()
  rise.observe(0, at)
  rise.observe(300, at + 3_600_000)
  expect([rise.lastMinute, rise.within(10_000)]).toEqual([0, 0])
  rise.observe(304, at + 3_601_000)
  expect(rise.lastMinute).toBe(4)
})

test('what rose over a gap of more than a few looks is a new base, and so is what follows a jump of the clock', () => {
  const rise = new CounterRise()
  rise.observe(0, at)
  rise.observe(300, at + 20_000)
  expect(rise.lastMinute).toBe(0)
  rise.observe(305, at + 21_000)
  rise.observe(400, at + 22_000, true)
  expect(rise.lastMinute).toBe(0)
})

test('a minute is a minute however often somebody looks', () => {
  const rise = new CounterRise()
  for (let look = 0; look <= 600; look += 1) rise.observe(look, at + look * 100)
  expect(rise.lastMinute).toBeGreaterThan(590)
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
    observe(alarm, value, at + look * 4000)
    return alarm.level
  })
  expect(levels).toEqual([undefined, 'keep', 'raise', 'raise', 'keep', undefined])
  observe(alarm, 2, at + 60_000)
  expect(alarm.level).toBeUndefined()
})

test('an alarm stays with what it named first while that is there', () => {
  const alarm = new CounterAlarm(1)
  observe(alarm, 0, at)
  observe(alarm, 9, at + 1000)
  alarm.suspect('a', 0.8, at + 1000)
  expect(alarm.subject(new Set(['a', 'b']))).toBe('a')
  alarm.suspect('b', 1, at + 1000)
  expect(alarm.subject(new Set(['a', 'b']))).toBe('a')
  expect(alarm.subject(new Set(['b']))).toBe('b')
  expect(alarm.subject(new Set())).toBe(machineKey)
})

test('an alarm that was over names anew', () => {
  const alarm = new CounterAlarm(1)
  observe(alarm, 0, at)
  observe(alarm, 9, at + 1000)
  alarm.suspect('a', 1, at + 1000)
  expect(alarm.subject(new Set(['a', 'b']))).toBe('a')
  observe(alarm, 9, at + 50_000)
  observe(alarm, 10, at + 51_000)
  alarm.suspect('b', 0.8, at + 51_000)
  expect(alarm.subject(new Set(['a', 'b']))).toBe('b')
})

test('who was near the limit lately may be to blame, who was long ago is not', () => {
  const alarm = new CounterAlarm(1)
  observe(alarm, 0, at)
  alarm.suspect('a', 1, at)
  observe(alarm, 1, at + 10_000)
  expect(alarm.subject(new Set(['a']))).toBe('a')
  const later = new CounterAlarm(1)
  observe(later, 0, at)
  later.suspect('a', 1, at)
  observe(later, 0, at + 10_000)
  observe(later, 1, at + 13_000)
  expect(later.subject(new Set(['a']))).toBe(machineKey)
})

function observe(alarm: CounterAlarm, value: number, now: number): void {
  alarm.observe(value, { now, jumped: false })
}
