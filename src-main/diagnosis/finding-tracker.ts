/**
 * Turns what rules see in single looks into findings that last: raised when a rule says so, kept while the rule still sees
 * something near its threshold, over when it has not for some looks. A finding that comes back soon is the same one again.
 */
import { severities, type Finding, type RuleId } from '../../src-shared/contract/diagnosis.ts'
import { withoutUndefined } from '../../src-shared/model/connection.ts'
import type { Candidate } from './rule.ts'
import { trendOf, type Sample } from './trend.ts'

/** Looks without anything to see after which a finding is over. One may be the accident of a moment. */
const looksUntilOver = 2
/** Samples of the first figure: two minutes at the usual interval. */
const maximumSamples = 120
/** More at once are not read; the least severe are left out. */
const maximumFindings = 200
/** Findings that are over, to look up afterwards. */
const maximumEnded = 50

interface Tracked {
  readonly id: string
  readonly rule: RuleId
  readonly since: number
  samples: Sample[]
  candidate: Candidate
  missed: number
}

export class FindingTracker {
  readonly #open = new Map<string, Tracked>()
  #ended: Finding[] = []

  /** What every rule saw in the look at `now` (Unix milliseconds). */
  track(seen: readonly (readonly [rule: RuleId, candidate: Candidate])[], now: number): void {
    const present = new Set<string>()
    for (const [rule, candidate] of seen) {
      const id = `${rule}:${candidate.key}`
      if (this.#see(id, rule, candidate, now)) present.add(id)
    }
    for (const tracked of this.#open.values()) {
      if (present.has(tracked.id)) continue
      tracked.missed += 1
      tracked.candidate = { ...tracked.candidate, evidence: [] }
      if (tracked.missed >= looksUntilOver) this.#end(tracked, now)
    }
  }

  /** The most severe first, then the oldest. */
  get findings(): readonly Finding[] {
    return [...this.#open.values()].map(findingOf).toSorted(bySeverityThenAge)
  }

  /** The last one first. */
  get ended(): readonly Finding[] {
    return this.#ended
  }

  /** Slots of the rows that proved the finding in the last look; undefined when there is no such finding. */
  evidenceOf(id: string): readonly number[] | undefined {
    return this.#open.get(id)?.candidate.evidence
  }

  /** True when the finding is there after this. */
  #see(id: string, rule: RuleId, candidate: Candidate, now: number): boolean {
    const tracked = this.#open.get(id)
    if (tracked === undefined && (candidate.level !== 'raise' || this.#open.size >= maximumFindings)) return false
    const current = tracked ?? { id, rule, since: now, samples: [], candidate, missed: 0 }
    current.candidate = candidate
    current.missed = 0
    const value = candidate.figures[0]?.value
    if (value !== undefined) current.samples = [...current.samples, { at: now, value }].slice(-maximumSamples)
    if (tracked === undefined) {
      this.#open.set(id, current)
      this.#ended = this.#ended.filter((ended) => ended.id !== id)
    }
    return true
  }

  #end(tracked: Tracked, now: number): void {
    this.#open.delete(tracked.id)
    this.#ended = [{ ...findingOf(tracked), endedAt: now }, ...this.#ended].slice(0, maximumEnded)
  }
}

function findingOf({ id, rule, since, samples, candidate }: Tracked): Finding {
  const { key: _key, level: _level, evidence, facts = [], breakdowns = [], ...told } = candidate
  return withoutUndefined<Finding>({
    ...told,
    id,
    rule,
    since,
    rows: evidence.length,
    facts,
    breakdowns,
    trend: trendOf(samples),
    series: samples,
  })
}

function bySeverityThenAge(left: Finding, right: Finding): number {
  return severities.indexOf(left.severity) - severities.indexOf(right.severity) || left.since - right.since
}
