import { absentCount, absentUnanswered, timerKinds } from '../../../src-shared/model/columns.ts'
import { establishedCode, stateCode } from '../../../src-shared/model/tcp-state.ts'
import { dataAgeFigures } from '../data-ages.ts'
import { breakdownByRemoteAddress, breakdownByRemoteEndpoint } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import { PeerGroups, type PeerGroup } from '../peer-groups.ts'
import { RowHysteresis } from '../row-hysteresis.ts'
import { meanOf, sumOf } from '../row-sums.ts'
import { levelOfCount, type Candidate, type Rule, type RuleContext } from '../rule.ts'
import { unansweredUntold } from '../told-by-source.ts'

/**
 * RFC 9293 section 3.10.2: in CLOSE-WAIT a program sends as in ESTABLISHED, and what it sent is repeated as there. In FIN-WAIT-1, CLOSING and
 * LAST-ACK it has let go: the system finishes alone, and the rules about piles watch.
 */
const closeWaitCode = stateCode('CLOSE_WAIT')
const retransmit = timerKinds.indexOf('retransmit')
const probe = timerKinds.indexOf('probe')

interface Memory {
  readonly peers: PeerGroups
  readonly evidence: RowHysteresis
}

/**
 * RFC 9293 section 3.5.1: one side may be gone without the other's knowing. Data that is sent again and again (or, into a closed window,
 * probes) without anything coming back is how the other finds out.
 */
export const halfOpen: Rule<Memory> = {
  id: 'half-open',
  start: () => ({ peers: new PeerGroups(), evidence: new RowHysteresis() }),
  examine: (context, { peers, evidence }) => {
    const { table, thresholds } = context
    const { unanswered } = table.mirror.columns
    const levelAt = (slot: number): Candidate['level'] | undefined =>
      levelOfCount(unanswered[slot] as number, thresholds['half-open-retransmits'])
    return peers.group(table.mirror, evidence.select(table, unansweredRows(context), levelAt)).flatMap((group) => {
      const most = group.slots.reduce((maximum, slot) => Math.max(maximum, unanswered[slot] as number), 0)
      const level = levelOfCount(most, thresholds['half-open-retransmits'])
      return level === undefined ? [] : [candidate(context, group, most, level)]
    })
  },
  unwatched: unansweredUntold,
}

/** In a state in which the program sends, with data on the way that was not answered. */
function unansweredRows({ table, surroundings }: RuleContext): readonly number[] {
  const { mirror, live } = table
  const { unanswered, state, sendQueue, timerKind } = mirror.columns
  const timersUntold = surroundings.capabilities?.timers.support === 'no'
  const slots: number[] = []
  for (let slot = 0; slot < mirror.top; slot += 1) {
    const times = unanswered[slot] as number
    if (times === 0 || times === absentUnanswered || live[slot] !== 1) continue
    if (state[slot] !== establishedCode && state[slot] !== closeWaitCode) continue
    const waiting = sendQueue[slot] !== absentCount && sendQueue[slot] !== 0
    const repeating = timersUntold || timerKind[slot] === retransmit || timerKind[slot] === probe
    if (waiting && repeating) slots.push(slot)
  }
  return slots
}

function candidate(
  { table, thresholds }: RuleContext,
  { key, process, remote, slots }: PeerGroup,
  most: number,
  level: Candidate['level'],
): Candidate {
  const { mirror } = table
  const { columns } = mirror
  const timer = timerKinds[columns.timerKind[slots[0] ?? 0] as number] ?? 'none'
  return {
    key,
    level,
    severity: 'warning',
    process,
    ...(remote === undefined ? {} : { remote }),
    evidence: slots,
    figures: [
      measured('retransmits', most, 'half-open-retransmits', thresholds),
      ...known('rows', 'count', slots.length),
      ...known('queue', 'bytes', sumOf(columns.sendQueue, slots)),
      ...dataAgeFigures(table, slots),
      ...known('round-trip', 'milliseconds', meanOf(columns.roundTripMs, slots)),
    ],
    facts: timer === 'none' ? [] : [{ id: 'timer', value: timer }],
    breakdowns: [remote === undefined ? breakdownByRemoteAddress(mirror, slots) : breakdownByRemoteEndpoint(mirror, slots)],
  }
}
