import { beforeEach, expect, test } from 'vitest'
import { FindingTracker, maximumFindings, type Looked } from '../../../src-main/diagnosis/finding-tracker.ts'
import type { Candidate } from '../../../src-main/diagnosis/rule.ts'

const start = 1_795_161_600_000
const raised: Candidate = {
  key: 'a',
  level: 'raise',
  severity: 'warning',
  evidence: [1, 2, 3],
  figures: [{ id: 'rows', unit: 'count', value: 3 }],
}

let tracker: FindingTracker
beforeEach(() => void (tracker = new FindingTracker()))

function look(second: number, candidates: readonly Candidate[], looked: Partial<Looked> = {}): void {
  tracker.track(
    candidates.map((candidate) => ['close-wait-leak', candidate] as const),
    { now: start + second * 1000, removed: [], reset: false, ...looked },
  )
}
const keep: Candidate = { ...raised, level: 'keep' }

test('a finding is raised by "raise" only, and kept by "keep"', () => {
  look(0, [keep])
  expect(tracker.findings).toEqual([])
  look(1, [raised])
  look(2, [keep])
  expect(tracker.findings).toMatchObject([{ id: 'close-wait-leak:a', since: start + 1000, rows: 3 }])
})

test('one look without it changes nothing but the evidence that is gone', () => {
  look(0, [raised])
  look(1, [], { removed: [2] })
  expect(tracker.findings).toHaveLength(1)
  expect(tracker.evidenceOf('close-wait-leak:a')).toEqual([1, 3])
  look(2, [raised])
  expect(tracker.findings).toMatchObject([{ since: start, rows: 3 }])
  expect(tracker.ended).toEqual([])
})

test('after a reset no slot of the look before is evidence', () => {
  look(0, [raised])
  look(1, [], { reset: true })
  expect(tracker.evidenceOf('close-wait-leak:a')).toEqual([])
})

test('it is over after two looks without it, and is told as ended', () => {
  look(0, [raised])
  look(1, [])
  look(2, [])
  expect(tracker.findings).toEqual([])
  expect(tracker.ended).toMatchObject([{ id: 'close-wait-leak:a', since: start, endedAt: start + 2000 }])
  expect(tracker.evidenceOf('close-wait-leak:a')).toBeUndefined()
})

test('quick looks do not end it sooner than time does', () => {
  look(0, [raised])
  look(0.5, [])
  look(1, [])
  expect(tracker.findings).toHaveLength(1)
  look(1.5, [])
  expect(tracker.findings).toEqual([])
})

test('one that comes back soon goes on; one that comes back late begins anew', () => {
  look(0, [raised])
  look(1, [])
  look(2, [])
  look(30, [raised])
  expect(tracker.findings).toMatchObject([{ since: start, series: [{ at: start }, { at: start + 30_000 }] }])
  expect(tracker.ended).toEqual([])
  look(31, [])
  look(32, [])
  look(200, [raised])
  expect(tracker.findings).toMatchObject([{ since: start + 200_000, series: [{ at: start + 200_000 }] }])
})

test('after the clock was set back nothing began in the future', () => {
  look(100, [raised])
  look(0, [raised])
  expect(tracker.findings).toMatchObject([{ since: start, series: [{ at: start, value: 3 }] }])
})

test('two candidates with one key are one finding: the graver one', () => {
  look(0, [raised, { ...raised, severity: 'critical', evidence: [9] }])
  expect(tracker.findings).toMatchObject([{ severity: 'critical', rows: 1 }])
})

test('the most severe come first, then the oldest', () => {
  look(0, [{ ...raised, key: 'old' }])
  look(1, [
    { ...raised, key: 'old' },
    { ...raised, key: 'new' },
    { ...raised, key: 'notice', severity: 'notice' },
    { ...raised, key: 'critical', severity: 'critical' },
  ])
  expect(tracker.findings.map(({ id }) => id.split(':')[1])).toEqual(['critical', 'old', 'new', 'notice'])
})

test('there are never more findings than can be read, and a graver one displaces a lesser one', () => {
  const many = Array.from({ length: maximumFindings + 5 }, (_each, index): Candidate => ({ ...raised, key: String(index) }))
  look(0, many)
  expect(tracker.findings).toHaveLength(maximumFindings)
  look(1, [...many, { ...raised, key: 'critical', severity: 'critical' }])
  expect(tracker.findings).toHaveLength(maximumFindings)
  expect(tracker.findings[0]).toMatchObject({ id: 'close-wait-leak:critical' })
})

test('the series is bounded and its trend is that of the first figure', () => {
  for (let second = 0; second < 300; second += 1) look(second, [{ ...raised, figures: [{ id: 'rows', unit: 'count', value: second }] }])
  const [finding] = tracker.findings
  expect(finding?.series).toHaveLength(121) // two minutes of looks, from end to end
  expect(finding?.trend).toMatchObject({ direction: 'rising', perMinute: expect.closeTo(60) })
})
