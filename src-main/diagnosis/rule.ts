/**
 * What a rule is: a function of its own memory, the observed rows, what surrounds them and the time of the look. No clock, no
 * operating system, no words: the same looks always give the same candidates.
 */
import type { Breakdown, Fact, Figure, FindingProcess, RuleId, Severity } from '../../src-shared/contract/diagnosis.ts'
import type { CapabilityReason } from '../../src-shared/model/capability-reason.ts'
import type { Endpoint } from '../../src-shared/model/connection.ts'
import type { Thresholds } from '../../src-shared/model/thresholds.ts'
import type { ObservedTable } from './observed-table.ts'
import type { RowsByState } from './rows-by-state.ts'
import type { Surroundings } from './surroundings.ts'

export interface RuleContext {
  readonly table: ObservedTable
  /** The rows of each state but the two that most rows are in. */
  readonly states: RowsByState
  readonly thresholds: Thresholds
  readonly surroundings: Surroundings
  /** Unix milliseconds of the look. */
  readonly now: number
}

/** One thing a rule sees in one look. */
export interface Candidate {
  /** What it is about, within the rule; the same from look to look. */
  readonly key: string
  /** raise: the thresholds are reached. keep: no longer, but not clearly below either: a finding that is there stays. */
  readonly level: 'raise' | 'keep'
  readonly severity: Severity
  readonly process?: FindingProcess | undefined
  readonly otherProcesses?: readonly FindingProcess[]
  /** User of rows whose programs cannot be seen from here, '' where that is not known either: it may be several programs. */
  readonly unseenUser?: string | undefined
  readonly local?: Endpoint
  readonly remote?: Endpoint
  /** Slots of exactly the rows that prove it. */
  readonly evidence: readonly number[]
  /** The first is the one whose trend matters. */
  readonly figures: readonly Figure[]
  readonly facts?: readonly Fact[]
  readonly breakdowns?: readonly Breakdown[]
}

export interface Rule<Memory = unknown> {
  readonly id: RuleId
  readonly start: () => Memory
  readonly examine: (context: RuleContext, memory: Memory) => readonly Candidate[]
  /** Set where the rule needs what this system or source does not tell. */
  readonly unwatched?: (surroundings: Surroundings) => CapabilityReason | undefined
}

/** A count of a threshold, and the share of it at which a finding that is there ends: it must clearly fall, not waver. */
export const keepShare = 0.7

/** raise from `threshold` on, keep from `keepShare` of it on, else undefined. For shares and rates. */
export function levelOf(value: number, threshold: number): Candidate['level'] | undefined {
  if (value >= threshold) return 'raise'
  return value >= threshold * keepShare ? 'keep' : undefined
}

/** The same for whole numbers: one row always is below, so that a finding of three rows does not end with the third of them. */
export function levelOfCount(value: number, threshold: number): Candidate['level'] | undefined {
  if (value >= threshold) return 'raise'
  return value >= Math.max(1, Math.floor(threshold * keepShare)) ? 'keep' : undefined
}
