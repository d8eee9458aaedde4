import { expect, test } from 'vitest'
import { trendOf, withSample, type Sample } from '../../../src-main/diagnosis/trend.ts'

const at = 1_795_161_600_000

test('a line through the samples, per minute', () => {
  const samples = [0, 1, 2, 3].map((index): Sample => ({ at: at + index * 1000, value: 10 + index }))
  const trend = trendOf(samples)
  expect(trend?.direction).toBe('rising')
  expect(trend?.perMinute).toBeCloseTo(60)
  expect(trendOf(samples.map((sample) => ({ at: sample.at, value: -sample.value })))?.direction).toBe('falling')
})

test('small movements are steady', () => {
  const samples = [0, 1, 2].map((index): Sample => ({ at: at + index * 30_000, value: 1000 + index }))
  expect(trendOf(samples)?.direction).toBe('steady')
})

test('no trend of too little: no samples, one, or all within a moment', () => {
  expect(trendOf([])).toBeUndefined()
  expect(trendOf([{ at, value: 1 }])).toBeUndefined()
  expect(
    trendOf([
      { at, value: 1 },
      { at, value: 9 },
    ]),
  ).toBeUndefined()
})

test('a series of nothing but zeros is steady', () => {
  expect(trendOf([0, 5000].map((later) => ({ at: at + later, value: 0 })))).toEqual({ perMinute: 0, direction: 'steady' })
})

test('of one moment the later sample counts', () => {
  const samples = withSample(withSample([], { at, value: 1 }, 5), { at, value: 2 }, 5)
  expect(samples).toEqual([{ at, value: 2 }])
})

test('a clock set back drops what would lie in the future', () => {
  const samples = [0, 1000, 2000].map((later) => ({ at: at + later, value: later }))
  expect(withSample(samples, { at: at + 500, value: 7 }, 5)).toEqual([
    { at, value: 0 },
    { at: at + 500, value: 7 },
  ])
})

test('only the last samples are kept', () => {
  let samples: Sample[] = []
  for (let index = 0; index < 10; index += 1) samples = withSample(samples, { at: at + index, value: index }, 3)
  expect(samples.map(({ value }) => value)).toEqual([7, 8, 9])
})
