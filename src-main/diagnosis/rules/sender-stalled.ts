import { absentCount, absentUnanswered, timerKinds, type TimerKind } from '../../../src-shared/model/columns.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { stateCode } from '../../../src-shared/model/tcp-state.ts'
import { dataAgeFigures } from '../data-ages.ts'
import { breakdownByRemoteAddress, breakdownByRemoteEndpoint } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import { PeerGroups, type PeerGroup } from '../peer-groups.ts'
import { totalRetransmits } from '../retransmits.ts'
import { meanOf } from '../row-sums.ts'
import type { Candidate, Rule, RuleContext } from '../rule.ts'
import { StalledQueues, together, type StalledQueue, type WatchedQueues } from '../stalled-queues.ts'
import { flowUntold } from '../told-by-source.ts'

interface Memory {
  readonly queues: StalledQueues
  readonly peers: PeerGroups
}

const retransmit = timerKinds.indexOf('retransmit')
const probe = timerKinds.indexOf('probe')

/** States in which the program may still send; what waits in the others is the business of the piles. */
const sendingStates: ReadonlySet<number> = new Set([stateCode('ESTABLISHED'), stateCode('CLOSE_WAIT')])

/** RFC 9293 section 3.8.6: a peer that does not read closes its window, and we probe it; a path that loses makes us send again. */
export const senderStalled: Rule<Memory> = {
  id: 'sender-stalled',
  start: () => ({ queues: new StalledQueues(), peers: new PeerGroups() }),
  examine: (context, { queues, peers }) => {
    const { table, thresholds } = context
    const limits = { bytes: thresholds['stalled-queue'], milliseconds: thresholds['stalled-time'] }
    const bySlot = new Map(queues.observe(table, sendQueues(context), limits).map((stalled) => [stalled.slot, stalled]))
    return peers.group(table.mirror, [...bySlot.keys()]).map((group) => candidate(context, group, bySlot))
  },
  unwatched: (surroundings) => flowUntold(surroundings),
}

function sendQueues({ table: { mirror } }: RuleContext): WatchedQueues {
  const { state, sendQueue, sentBytes } = mirror.columns
  return {
    bytesAt: (slot) => {
      const bytes = sendQueue[slot] as number
      if (bytes === absentCount || !sendingStates.has(state[slot] as number)) return undefined
      return Number.isNaN(sentBytes[slot]) && !isHeldUp(mirror, slot) ? undefined : bytes
    },
    passedAt: (slot) => sentBytes[slot] as number,
  }
}

/** The retransmission timer runs whenever data is on the way (RFC 6298 section 5); only one that has expired tells something. */
function isHeldUp({ columns: { timerKind, unanswered } }: RowMirror, slot: number): boolean {
  if (timerKind[slot] === probe) return true
  return timerKind[slot] === retransmit && unanswered[slot] !== 0 && unanswered[slot] !== absentUnanswered
}

function candidate(
  { table, thresholds, surroundings }: RuleContext,
  { key, process, remote, slots }: PeerGroup,
  bySlot: ReadonlyMap<number, StalledQueue>,
): Candidate {
  const { mirror } = table
  const { columns } = mirror
  const { level, held } = together(slots, bySlot)
  const activity = process === undefined ? undefined : surroundings.activityOf(process.pid)
  const fullest = slots.reduce((most, slot) => ((columns.sendQueue[slot] ?? 0) > (columns.sendQueue[most] ?? 0) ? slot : most))
  const timers = new Set(slots.map((slot): TimerKind => timerKinds[columns.timerKind[slot] as number] ?? 'none'))
  const timer = timerKinds[columns.timerKind[fullest] as number] ?? 'none'
  return {
    key,
    level,
    // Nothing but repeats: the peer may be gone, which is another finding, and a graver one.
    severity: timers.size === 1 && timers.has('retransmit') ? 'notice' : 'warning',
    process,
    ...(remote === undefined ? {} : { remote }),
    evidence: slots,
    figures: [
      measured('queue', columns.sendQueue[fullest] as number, 'stalled-queue', thresholds),
      measured('held', held, 'stalled-time', thresholds),
      ...known('rows', 'count', slots.length),
      ...known('retransmits', 'count', totalRetransmits(mirror, slots)),
      ...dataAgeFigures(table, slots),
      ...known('round-trip', 'milliseconds', meanOf(columns.roundTripMs, slots)),
    ],
    facts: [
      ...(timer === 'none' ? [] : [{ id: 'timer', value: timer } as const]),
      ...(activity === undefined ? [] : [{ id: 'process-state', value: activity.state } as const]),
    ],
    breakdowns: [remote === undefined ? breakdownByRemoteAddress(mirror, slots) : breakdownByRemoteEndpoint(mirror, slots)],
  }
}
