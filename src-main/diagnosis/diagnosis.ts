/** All rules over one observed table. */
import type { DiagnosisReport, Evidence } from '../../src-shared/contract/diagnosis.ts'
import { thresholdsInForce, type ChosenThresholds } from '../../src-shared/model/thresholds.ts'
import { FindingTracker } from './finding-tracker.ts'
import type { ObservedTable } from './observed-table.ts'
import { rowsByState } from './rows-by-state.ts'
import type { Candidate, Rule } from './rule.ts'
import { rules as allRules } from './rules/index.ts'
import { noSurroundings, type Surroundings } from './surroundings.ts'

/** More ids are not sent at once; `total` tells how many there are. */
const maximumEvidence = 10_000

export class Diagnosis {
  readonly #table: ObservedTable
  readonly #running: readonly { readonly rule: Rule; readonly memory: unknown }[]
  readonly #tracker = new FindingTracker()
  #surroundings: Surroundings = noSurroundings

  constructor(table: ObservedTable, rules: readonly Rule[] = allRules) {
    this.#table = table
    this.#running = rules.map((rule) => ({ rule, memory: rule.start() }))
  }

  /** Call after each look that the table observed. */
  examine(surroundings: Surroundings, chosen: ChosenThresholds): void {
    const { now } = this.#table
    this.#surroundings = surroundings
    const context = { table: this.#table, states: rowsByState(this.#table), thresholds: thresholdsInForce(chosen), surroundings, now }
    const seen = this.#running.flatMap(({ rule, memory }) =>
      rule.examine(context, memory).map((candidate) => [rule.id, withUnseenOwner(candidate)] as const),
    )
    this.#tracker.track(seen, this.#table)
  }

  get report(): DiagnosisReport {
    const { now, watchingSince, looks } = this.#table
    return {
      takenAt: now,
      watchingSince,
      looks,
      findings: this.#tracker.findings,
      ended: this.#tracker.ended,
      unwatched: this.#running.flatMap(({ rule }) => {
        const reason = rule.unwatched?.(this.#surroundings)
        return reason === undefined ? [] : [{ rule: rule.id, reason }]
      }),
    }
  }

  /** Undefined when there is no such finding now. */
  evidenceOf(finding: string): Evidence | undefined {
    const slots = this.#tracker.evidenceOf(finding)
    if (slots === undefined) return undefined
    const { mirror, now } = this.#table
    return { takenAt: now, total: slots.length, ids: slots.slice(0, maximumEvidence).map((slot) => mirror.identityOf(slot)) }
  }
}

/** What rows of programs that cannot be seen from here have in common is their user: one program of it may be well. */
function withUnseenOwner({ unseenUser, ...candidate }: Candidate): Candidate {
  if (unseenUser === undefined) return candidate
  const { facts = [] } = candidate
  return { ...candidate, severity: 'notice', facts: [...facts, { id: 'unseen-owner', value: unseenUser === '' ? 'unknown' : unseenUser }] }
}
