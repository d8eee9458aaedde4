/**
 * Turns what rules see in single looks into findings that last: raised when a rule says so, kept while the rule still sees
 * something near its threshold, over when it has not for some looks. A finding that comes back soon is the same one again.
 */
import { severities, type Finding, type RuleId, type Severity } from '../../src-shared/contract/diagnosis.ts'
import { withoutUndefined } from '../../src-shared/model/connection.ts'
import type { ObservedTable } from './observed-table.ts'
import type { Candidate } from './rule.ts'
import { trendOf, withSample, type Sample } from './trend.ts'

/** Looks and milliseconds without anything to see after which a finding is over. One look may be the accident of a moment. */
const looksUntilOver = 2
const quietUntilOverMs = 1500
/** One that is back within this time goes on where it was. */
const returnsWithinMs = 60_000
/** So far back goes the series of the first figure, and with it the trend. */
const seriesMs = 120_000
/** More at once are not read; the least severe are left out. */
export const maximumFindings = 200
/** Findings that are over, to look up afterwards. */
const maximumEnded = 50

export type Seen = readonly [rule: RuleId, candidate: Candidate]
/** What of the table says which evidence is still there. */
export type Looked = Pick<ObservedTable, 'now' | 'removed' | 'reset'>

interface Tracked {
  readonly id: string
  readonly rule: RuleId
  since: number
  lastSeenAt: number
  samples: readonly Sample[]
  candidate: Candidate
  missed: number
}

export class FindingTracker {
  readonly #open = new Map<string, Tracked>()
  #ended: readonly Finding[] = []

  /** What every rule saw in the last look. */
  track(seen: readonly Seen[], looked: Looked): void {
    const present = new Set<string>()
    // The most severe come first, so that the least severe find no room.
    for (const [rule, candidate] of seen.toSorted(([, left], [, right]) => rank(left) - rank(right))) {
      const id = `${rule}:${candidate.key}`
      if (!present.has(id) && this.#see(id, rule, candidate, looked.now)) present.add(id)
    }
    const gone = new Set(present.size === this.#open.size ? [] : looked.removed)
    for (const tracked of this.#open.values()) if (!present.has(tracked.id)) this.#miss(tracked, looked, gone)
  }

  /** The most severe first, then the oldest. */
  get findings(): readonly Finding[] {
    return [...this.#open.values()].map(findingOf).toSorted(bySeverityThenAge)
  }

  /** The last one first. */
  get ended(): readonly Finding[] {
    return this.#ended
  }

  /** Slots of the rows that proved the finding when it was last seen and are still there; undefined when there is no such finding. */
  evidenceOf(id: string): readonly number[] | undefined {
    return this.#open.get(id)?.candidate.evidence
  }

  /** True when the finding is there after this. */
  #see(id: string, rule: RuleId, candidate: Candidate, now: number): boolean {
    const tracked = this.#open.get(id) ?? (candidate.level === 'raise' ? this.#raise(id, rule, candidate, now) : undefined)
    if (tracked === undefined) return false
    tracked.candidate = candidate
    tracked.since = Math.min(tracked.since, now) // the clock may have been set back
    tracked.lastSeenAt = now
    tracked.missed = 0
    const value = candidate.figures[0]?.value
    if (value !== undefined) tracked.samples = withSample(tracked.samples, { at: now, value }, seriesMs)
    return true
  }

  /** Undefined when there is no room. */
  #raise(id: string, rule: RuleId, candidate: Candidate, now: number): Tracked | undefined {
    if (this.#open.size >= maximumFindings && !this.#makeRoomFor(candidate.severity, now)) return undefined
    const before = this.#ended.find((ended) => ended.id === id)
    this.#ended = this.#ended.filter((ended) => ended !== before)
    const goesOn = before !== undefined && Math.abs(now - (before.endedAt ?? 0)) <= returnsWithinMs
    const tracked: Tracked = {
      id,
      rule,
      since: goesOn ? before.since : now,
      lastSeenAt: now,
      samples: goesOn ? before.series : [],
      candidate,
      missed: 0,
    }
    this.#open.set(id, tracked)
    return tracked
  }

  #makeRoomFor(severity: Severity, now: number): boolean {
    const least = [...this.#open.values()].reduce((worst, each) => (rank(each.candidate) > rank(worst.candidate) ? each : worst))
    if (rank(least.candidate) <= severities.indexOf(severity)) return false
    this.#end(least, now)
    return true
  }

  #miss(tracked: Tracked, { now, reset }: Looked, gone: ReadonlySet<number>): void {
    tracked.missed += 1
    const { evidence } = tracked.candidate
    tracked.candidate = { ...tracked.candidate, evidence: reset ? [] : evidence.filter((slot) => !gone.has(slot)) }
    if (tracked.missed >= looksUntilOver && Math.abs(now - tracked.lastSeenAt) >= quietUntilOverMs) this.#end(tracked, now)
  }

  #end(tracked: Tracked, now: number): void {
    this.#open.delete(tracked.id)
    this.#ended = [{ ...findingOf(tracked), endedAt: now }, ...this.#ended].slice(0, maximumEnded)
  }
}

function findingOf({ id, rule, since, samples, candidate }: Tracked): Finding {
  const { key: _key, level: _level, evidence, facts = [], breakdowns = [], otherProcesses = [], ...told } = candidate
  return withoutUndefined<Finding>({
    ...told,
    otherProcesses: otherProcesses.length === 0 ? undefined : otherProcesses,
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

function rank({ severity }: Candidate): number {
  return severities.indexOf(severity)
}

function bySeverityThenAge(left: Finding, right: Finding): number {
  return severities.indexOf(left.severity) - severities.indexOf(right.severity) || left.since - right.since
}
