/** The rows as consumers of change sets see them: a mirror, and what the last look did to it. */
import type { ChangeSet } from '../../src-shared/model/change-set.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'

/**
 * Looks are at most ten seconds apart (settings.ts). After a longer pause the machine slept or its clock was set, and a clock that
 * goes back was set for certain: either way, times from before say nothing about how long something has lasted.
 */
const maximumPauseMs = 60_000
/**
 * Both clocks run alike but for what time servers slew (adjtime(3): 0.5 ms per second). Further apart, the clock was set, or the
 * machine slept: CLOCK_MONOTONIC stands still while it does (clock_gettime(2)).
 */
const maximumDriftMs = 2000

export class ObservedTable {
  readonly mirror = new RowMirror()
  /** Slots that the last look added, changed, removed. Those removed stay readable until the next one. */
  added: readonly number[] = []
  changed: readonly number[] = []
  removed: readonly number[] = []
  /** The last set was a full one: slots of earlier looks are void, and rows in `added` need not be new to the system. */
  reset = false
  /** Time did not pass evenly since the look before: differences to it are no rates. */
  jumped = false
  looks = 0
  /** Unix milliseconds of the first look. */
  watchingSince = 0
  /** Unix milliseconds of the look before the last one; undefined at the first. */
  lookedBefore: number | undefined
  /** Unix milliseconds of the last jump: nothing counts as older than that. */
  agesFrom = Number.NEGATIVE_INFINITY
  #live = new Uint8Array(0)
  #steadyBefore: number | undefined

  /**
   * False: the set does not fit, and a full one is needed. `steadyAt` is the moment of the look in milliseconds of a clock that nobody
   * sets; without it only large steps of the other clock are noticed.
   */
  observe(set: ChangeSet, steadyAt?: number): boolean {
    for (const slot of this.removed) this.mirror.release(slot)
    this.#touched([], [], [])
    const before = this.looks === 0 ? undefined : this.mirror.takenAt
    const applied = this.mirror.apply(set)
    if (!applied.ok) return false
    const { added, changed, removed, reset } = applied.slots
    this.#touched(added, changed, removed)
    this.#markLive(reset)
    this.reset = reset
    this.#pass(before, steadyAt)
    return true
  }

  /** Unix milliseconds of the last look. */
  get now(): number {
    return this.mirror.takenAt
  }

  /** By slot, 1 for rows that are in the table: a question per row and look that a Map would answer too slowly. */
  get live(): Uint8Array {
    return this.#live
  }

  #touched(added: readonly number[], changed: readonly number[], removed: readonly number[]): void {
    this.added = added
    this.changed = changed
    this.removed = removed
  }

  #markLive(reset: boolean): void {
    const capacity = this.mirror.columns.rowId.length
    if (capacity > this.#live.length) {
      const grown = new Uint8Array(capacity)
      grown.set(this.#live)
      this.#live = grown
    }
    if (reset) this.#live.fill(0)
    for (const slot of this.removed) this.#live[slot] = 0
    for (const slot of this.added) this.#live[slot] = 1
  }

  #pass(before: number | undefined, steadyAt: number | undefined): void {
    const { now } = this
    const elapsed = now - (before ?? now)
    const passed = steadyAt === undefined || this.#steadyBefore === undefined ? elapsed : steadyAt - this.#steadyBefore
    this.#steadyBefore = steadyAt
    this.jumped = elapsed < 0 || elapsed > maximumPauseMs || Math.abs(elapsed - passed) > maximumDriftMs
    if (this.jumped) this.agesFrom = now
    if (before === undefined) this.watchingSince = now
    this.watchingSince = Math.min(this.watchingSince, now)
    this.lookedBefore = before
    this.looks += 1
  }
}
