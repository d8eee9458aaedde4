/**
 * Which queues hold much for long and do not fall. A stalled reader's queue fills and then stays level, so it need not rise. A queue
 * that is as full in every look although much flows through it is not stalled: the bytes that the kernel counts tell the two apart.
 */
import type { ObservedTable } from './observed-table.ts'
import { keepShare, type Candidate } from './rule.ts'

export interface StalledQueue {
  readonly slot: number
  /** Milliseconds. */
  readonly held: number
  readonly level: Candidate['level']
}

/**
 * A queue through which so much goes within the time is not stalled, however full it stays: over a slow path pass some tens of kilobytes
 * per second. Less may be one last segment, which is that large at most (RFC 791 section 3.1).
 */
const movingBytes = 65_536

interface Held {
  readonly since: number
  readonly queue: number
  /** What had gone through at a moment, and that moment (Unix milliseconds): when the time began to count, or lately. */
  readonly passedBefore: number
  readonly countedFrom: number
  readonly raised: boolean
}

export interface StallLimits {
  readonly bytes: number
  readonly milliseconds: number
}

export interface WatchedQueues {
  /** Undefined: the row's queue is another thing, or not told. */
  readonly bytesAt: (slot: number) => number | undefined
  /** Bytes that went through the queue over the connection's life; NaN where the row's other signs say that it stands still. */
  readonly passedAt: (slot: number) => number
}

export class StalledQueues {
  /** By row id, of the rows whose queue has reached the limit. */
  #held = new Map<number, Held>()
  #session: string | undefined

  /** Call once per look. */
  observe(table: ObservedTable, { bytesAt, passedAt }: WatchedQueues, limits: StallLimits): readonly StalledQueue[] {
    const { mirror, live, now } = table
    const before = this.#session === mirror.session && !table.jumped ? this.#held : new Map<number, Held>()
    const held = new Map<number, Held>()
    const stalled: StalledQueue[] = []
    for (let slot = 0; slot < mirror.top; slot += 1) {
      const bytes = live[slot] === 1 ? bytesAt(slot) : undefined
      if (bytes === undefined || bytes < limits.bytes * keepShare) continue
      const rowId = mirror.columns.rowId[slot] as number
      const entry = nextHeld(before.get(rowId), { bytes, passed: passedAt(slot), now }, limits)
      if (entry === undefined) continue
      const level = levelOf(entry, now, limits)
      held.set(rowId, level === 'raise' ? { ...entry, raised: true } : entry)
      if (level !== undefined) stalled.push({ slot, held: now - entry.since, level })
    }
    this.#held = held
    this.#session = mirror.session
    return stalled
  }
}

/** Of several rows: the graver level, the longest time. */
export function together(slots: readonly number[], bySlot: ReadonlyMap<number, StalledQueue>): Omit<StalledQueue, 'slot'> {
  const stalled = slots.flatMap((slot) => bySlot.get(slot) ?? [])
  return {
    held: stalled.reduce((longest, { held }) => Math.max(longest, held), 0),
    level: stalled.some(({ level }) => level === 'raise') ? 'raise' : 'keep',
  }
}

interface Seen {
  readonly bytes: number
  readonly passed: number
  readonly now: number
}

/** Undefined when the queue is not to be watched. */
function nextHeld(before: Held | undefined, { bytes, passed, now }: Seen, limits: StallLimits): Held | undefined {
  const begun = bytes < limits.bytes ? undefined : { since: now, queue: bytes, passedBefore: passed, countedFrom: now, raised: false }
  // Comparing with NaN is never true.
  if (before === undefined || passed - before.passedBefore >= Math.min(bytes, movingBytes)) return begun
  // One that trickles stays stalled: what passes is counted over the time of the setting, not over a day.
  const held = now - before.countedFrom < limits.milliseconds ? before : { ...before, passedBefore: passed, countedFrom: now }
  if (bytes >= before.queue) return { ...held, queue: bytes }
  // A finding that is there outlasts a small fall.
  return before.raised && bytes >= before.queue * keepShare ? held : begun
}

function levelOf({ since, raised }: Held, now: number, limits: StallLimits): Candidate['level'] | undefined {
  if (now - since >= limits.milliseconds) return 'raise'
  return raised ? 'keep' : undefined
}
