import { expect, test } from 'vitest'
import { thinned } from '../../../src-main/diagnosis/thinned.ts'
import type { Finding } from '../../../src-shared/contract/diagnosis.ts'
import { bareFinding } from '../../builders/finding-builder.ts'

const series = (points: number): Finding['series'] => Array.from({ length: points }, (_each, at) => ({ at, value: at * 2 }))
const report = (findings: readonly Finding[], ended: readonly Finding[] = []) => ({
  takenAt: 0,
  watchingSince: 0,
  looks: 1,
  findings,
  ended,
  unwatched: [],
})

test('a series has at most forty points, its first and last among them, in order', () => {
  const [finding] = thinned(report([{ ...bareFinding('half-open'), series: series(120) }])).findings
  const at = finding?.series.map((point) => point.at) ?? []
  expect([at.length, at[0], at.at(-1)]).toEqual([40, 0, 119])
  expect(at).toEqual([...new Set(at)].toSorted((left, right) => left - right))
})

test('a short series stays as it is', () => {
  expect(thinned(report([{ ...bareFinding('half-open'), series: series(40) }])).findings[0]?.series).toEqual(series(40))
})

test('of those that are over, the latest forty have a series', () => {
  const ended = Array.from({ length: 50 }, () => ({ ...bareFinding('half-open'), series: series(120), endedAt: 5 }))
  const lengths = thinned(report([], ended)).ended.map((finding) => finding.series.length)
  expect([lengths.length, lengths.filter((length) => length === 40).length, lengths.filter((length) => length === 0).length]).toEqual([
    50, 40, 10,
  ])
})
