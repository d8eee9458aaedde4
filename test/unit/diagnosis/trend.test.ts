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
  const samples = withSample(withSample([], { at, value: 1 }, 5000), { at, value: 2 }, 5000)
  expect(samples).toEqual([{ at, value: 2 }])
})

test('a clock set back drops what would lie in the future', () => {
  const samples = [0, 1000, 2000].map((later) => ({ at: at + later, value: later }))
  expect(withSample(samples, { at: at + 500, value: 7 }, 5000)).toEqual([
    { at, value: 0 },
    { at: at + 500, value: 7 },
  ])
})

test.each([
  ['ten looks per second', 100, 1201, 241],
  ['a look per second', 1000, 121, 121],
  ['a look in ten seconds', 10_000, 13, 13],
])('the samples of the same time are kept at %s, and not more than a line needs', (_name, intervalMs, looks, most) => {
  let samples: Sample[] = []
  for (let index = 0; index < 2 * looks; index += 1) samples = withSample(samples, { at: at + index * intervalMs, value: index }, 120_000)
  const [first, last] = [samples[0], samples.at(-1)]
  expect(last).toEqual({ at: at + (2 * looks - 1) * intervalMs, value: 2 * looks - 1 })
  expect((last?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(119_000)
  expect(samples.length).toBeLessThanOrEqual(most)
  expect(trendOf(samples)?.perMinute).toBeCloseTo(60_000 / intervalMs)
})
