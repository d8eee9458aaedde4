import { absentCount } from '../../../src-shared/model/columns.ts'
import { CounterAlarm, graverLevel, machineKey } from '../counter-alarm.ts'
import { known, measured } from '../figures.ts'
import { backlogOf, Listeners, type Listener } from '../listeners.ts'
import type { ObservedTable } from '../observed-table.ts'
import { ownersOfAll } from '../owner-groups.ts'
import { localOf } from '../row-facts.ts'
import { levelOf, type Candidate, type Rule, type RuleContext } from '../rule.ts'

/** A queue that is full in one look, and not in another a second later, was emptied in between: programs accept in batches. */
const minimumFullMs = 1000

interface Queue {
  readonly listener: Listener
  /** The fullest of the listener's rows, and those whose queue has reached the threshold, or nearly. */
  readonly fullest: number
  readonly slots: readonly number[]
  readonly level: Candidate['level'] | undefined
}

interface Memory {
  readonly overflows: CounterAlarm
  /** Unix milliseconds of the first of the looks in a row in which the listener's queue was full, by its key. */
  readonly fullSince: Map<string, number>
}

/** listen(2): the backlog limits the connections that wait for accept(); what comes above it is dropped. */
export const acceptQueueFull: Rule<Memory> = {
  id: 'accept-queue-full',
  start: () => ({ overflows: new CounterAlarm(1), fullSince: new Map() }),
  examine: (context, memory) => {
    const { table, states, surroundings, now } = context
    const { overflows, fullSince } = memory
    overflows.observe(surroundings.counters.listenOverflows, table)
    const listeners = new Listeners(table.mirror, states.LISTEN)
    const queues = listeners.all.flatMap((listener) => queueOf(context, listener) ?? [])
    noticeFull(table, fullSince, queues)
    for (const { listener, level, fullest } of queues) if (level !== undefined) overflows.suspect(listener.key, fill(context, fullest), now)
    const subject = overflows.subject(new Set(listeners.all.map(({ key }) => key)))
    const named = queues.flatMap((queue) => {
      const { key } = queue.listener
      const lasting = queue.level === 'raise' && now - (fullSince.get(key) ?? now) < minimumFullMs ? 'keep' : queue.level
      const blamed = key === subject ? overflows : undefined
      const level = graverLevel(lasting, blamed?.level)
      return level === undefined ? [] : [candidate(context, blamed, queue, level)]
    })
    if (subject !== machineKey) return named
    return [...named, ofMachine(overflows)]
  },
  unwatched: ({ capabilities, counters }) =>
    capabilities?.queues.support === 'no' && counters.listenOverflows === undefined ? capabilities.queues.reason : undefined,
}

/** Undefined where the system tells no queue. */
function queueOf(context: RuleContext, listener: Listener): Queue | undefined {
  const { mirror } = context.table
  const told = listener.slots.filter((slot) => waitingAt(context, slot) !== undefined)
  const first = told[0]
  if (first === undefined) return undefined
  const fullest = told.reduce((most, slot) => (fill(context, slot) > fill(context, most) ? slot : most), first)
  const levels = told.map((slot) => {
    const limit = (backlogOf(mirror, slot) ?? 0) * context.thresholds['accept-queue-share']
    return levelOf(waitingAt(context, slot) ?? 0, Math.max(1, limit))
  })
  const reached = told.filter((_slot, index) => levels[index] !== undefined)
  return { listener, fullest, slots: reached.length === 0 ? [fullest] : reached, level: levels.reduce(graverLevel, undefined) }
}

/** Connections that wait for accept(). */
function waitingAt({ table: { mirror } }: RuleContext, slot: number): number | undefined {
  const waiting = mirror.columns.receiveQueue[slot] as number
  return waiting === absentCount || backlogOf(mirror, slot) === undefined ? undefined : waiting
}

/** A backlog of 0 takes one connection (Linux: full when waiting > backlog). */
function fill(context: RuleContext, slot: number): number {
  return (waitingAt(context, slot) ?? 0) / Math.max(1, backlogOf(context.table.mirror, slot) ?? 0)
}

function noticeFull({ now, jumped }: ObservedTable, fullSince: Map<string, number>, queues: readonly Queue[]): void {
  const before = jumped ? new Map<string, number>() : new Map(fullSince)
  fullSince.clear()
  for (const { listener, level } of queues) if (level === 'raise') fullSince.set(listener.key, before.get(listener.key) ?? now)
}

/** `overflows` is given where the counter is taken to be about this listener. */
function candidate(context: RuleContext, overflows: CounterAlarm | undefined, queue: Queue, level: Candidate['level']): Candidate {
  const { mirror } = context.table
  const { listener, fullest, slots } = queue
  const [process, ...otherProcesses] = ownersOfAll(mirror, [fullest, ...listener.slots])
  const waiting = waitingAt(context, fullest) ?? 0
  const backlog = backlogOf(mirror, fullest) ?? 0
  const activity = process === undefined ? undefined : context.surroundings.activityOf(process.pid)
  return {
    key: listener.key,
    level,
    // Linux takes one more than the backlog: until then the queue is as full as it was asked for, and nothing is lost yet.
    severity: waiting > backlog || overflows?.level === 'raise' ? 'critical' : 'warning',
    process,
    otherProcesses,
    local: localOf(mirror, fullest),
    evidence: slots,
    figures: [
      ...known('waiting', 'count', waiting),
      ...known('backlog', 'count', backlog),
      measured('share', fill(context, fullest), 'accept-queue-share', context.thresholds),
      ...known('overflows', 'per-minute', overflows?.rise.lastMinute),
      ...known('processor-share', 'share', activity?.processorShare),
    ],
    facts: activity === undefined ? [] : [{ id: 'process-state', value: activity.state }],
  }
}

/** Overflows, and no listener whose own queue was seen nearly full. */
function ofMachine(overflows: CounterAlarm): Candidate {
  return {
    key: machineKey,
    level: overflows.level ?? 'keep',
    severity: 'warning',
    evidence: [],
    figures: known('overflows', 'per-minute', overflows.rise.lastMinute),
  }
}
