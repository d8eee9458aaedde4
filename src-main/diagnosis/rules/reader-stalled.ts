import { absentCount, timerKinds } from '../../../src-shared/model/columns.ts'
import { listenCode, stateAbsent } from '../../../src-shared/model/tcp-state.ts'
import { dataAgeFigures } from '../data-ages.ts'
import { breakdownByRemoteEndpoint } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import { groupByOwner, type OwnerGroup } from '../owner-groups.ts'
import { remoteOf } from '../row-facts.ts'
import type { Candidate, Rule, RuleContext } from '../rule.ts'
import { StalledQueues, together, type StalledQueue, type WatchedQueues } from '../stalled-queues.ts'
import { firstUntold } from '../told-by-source.ts'

/** RFC 9293 section 3.8.6: what the program does not read fills its buffer, until the window that we offer the peer is closed. */
export const readerStalled: Rule<StalledQueues> = {
  id: 'reader-stalled',
  start: () => new StalledQueues(),
  examine: (context, queues) => {
    const { table, thresholds } = context
    const limits = { bytes: thresholds['stalled-queue'], milliseconds: thresholds['stalled-time'] }
    const bySlot = new Map(queues.observe(table, receiveQueues(context), limits).map((stalled) => [stalled.slot, stalled]))
    return groupByOwner(table.mirror, [...bySlot.keys()]).map((group) => candidate(context, group, bySlot))
  },
  unwatched: (surroundings) => firstUntold(surroundings, ['queues', 'tcp-bytes']),
}

/** Of a listener the queue holds connections, and of UDP whole datagrams that nobody stops. */
function receiveQueues({ table: { mirror } }: RuleContext): WatchedQueues {
  const { state, receiveQueue, receivedBytes } = mirror.columns
  return {
    bytesAt: (slot) => {
      const bytes = receiveQueue[slot] as number
      if (bytes === absentCount || state[slot] === listenCode || state[slot] === stateAbsent) return undefined
      // Uncounted, one that is emptied and filled all the time looks the same in every look.
      return Number.isNaN(receivedBytes[slot]) ? undefined : bytes
    },
    // What the program has read so far.
    passedAt: (slot) => (receivedBytes[slot] as number) - (receiveQueue[slot] as number),
  }
}

function candidate(
  { table, thresholds, surroundings }: RuleContext,
  { key, process, unseenUser, slots }: OwnerGroup,
  bySlot: ReadonlyMap<number, StalledQueue>,
): Candidate {
  const { mirror } = table
  const { columns } = mirror
  const { level, held } = together(slots, bySlot)
  const activity = process === undefined ? undefined : surroundings.activityOf(process.pid)
  const fullest = slots.reduce((most, slot) => ((columns.receiveQueue[slot] ?? 0) > (columns.receiveQueue[most] ?? 0) ? slot : most))
  const timer = timerKinds[columns.timerKind[fullest] as number] ?? 'none'
  return {
    key,
    level,
    severity: 'warning',
    process,
    unseenUser,
    ...(slots.length === 1 ? { remote: remoteOf(mirror, fullest) } : {}),
    evidence: slots,
    figures: [
      measured('queue', columns.receiveQueue[fullest] as number, 'stalled-queue', thresholds),
      measured('held', held, 'stalled-time', thresholds),
      ...known('rows', 'count', slots.length),
      ...dataAgeFigures(table, slots),
      ...known('processor-share', 'share', activity?.processorShare),
    ],
    facts: [
      ...(activity === undefined ? [] : [{ id: 'process-state', value: activity.state } as const]),
      ...(timer === 'none' ? [] : [{ id: 'timer', value: timer } as const]),
    ],
    breakdowns: [breakdownByRemoteEndpoint(mirror, slots)],
  }
}
