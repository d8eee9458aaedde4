/** Connections whose last segment nobody acknowledges, machine-wide: most of them have no process any more. */
import { breakdownByLocalEndpoint, breakdownByRemoteAddress, breakdownByState } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import { machineKey } from '../counter-alarm.ts'
import { breakdownByProcess, groupByOwner } from '../owner-groups.ts'
import { totalRetransmits } from '../retransmits.ts'
import { ageInState, oldestAge } from '../row-facts.ts'
import { levelOfCount, type Candidate, type Rule, type RuleContext } from '../rule.ts'

/** From this share of tcp_max_orphans on the system begins to reset connections that no process holds (tcp(7)). */
const orphansNearLimit = 0.9

/** RFC 9293 section 3.6: we closed first, and our FIN is unacknowledged. CLOSING is the same with both closing at once. */
export const finWait1Pile: Rule<undefined> = {
  id: 'fin-wait-1-pile',
  start: () => undefined,
  examine: (context) => pileOf(context, [...context.states.FIN_WAIT_1, ...context.states.CLOSING]),
}

/** The peer closed first, and the FIN that we answered with is unacknowledged. */
export const lastAckPile: Rule<undefined> = {
  id: 'last-ack-pile',
  start: () => undefined,
  examine: (context) => pileOf(context, context.states.LAST_ACK),
}

function pileOf(context: RuleContext, slots: readonly number[]): readonly Candidate[] {
  const { table, thresholds } = context
  const evidence = slots.filter((slot) => ageInState(table, slot) >= thresholds['pile-age'])
  const level = levelOfCount(evidence.length, thresholds['pile-count'])
  return level === undefined ? [] : [candidate(context, evidence, level)]
}

function candidate({ table, thresholds, surroundings }: RuleContext, evidence: readonly number[], level: Candidate['level']): Candidate {
  const { mirror } = table
  const groups = groupByOwner(mirror, evidence)
  const { orphans, settings } = surroundings
  const limit = settings.get('max-orphans')?.[0]
  return {
    key: machineKey,
    level,
    severity: orphans !== undefined && limit !== undefined && orphans >= limit * orphansNearLimit ? 'critical' : 'warning',
    process: groups.length === 1 ? groups[0]?.process : undefined,
    evidence,
    figures: [
      measured('rows', evidence.length, 'pile-count', thresholds),
      measured('oldest-age', oldestAge(table, evidence), 'pile-age', thresholds),
      ...known('retransmits', 'count', totalRetransmits(mirror, evidence)),
      ...known('orphans', 'count', orphans),
      ...known('orphan-limit', 'count', limit),
    ],
    breakdowns: [
      breakdownByRemoteAddress(mirror, evidence),
      breakdownByLocalEndpoint(mirror, evidence),
      breakdownByProcess(mirror, evidence),
      breakdownByState(mirror, evidence),
    ],
  }
}
