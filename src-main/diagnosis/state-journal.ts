/**
 * Which states the looks saw each connection in, and since when. A row that stays in its state costs one byte; only rows that changed
 * have a list. What a look did not see is not made up: states shorter than the interval may be missing.
 */
import type { StateStep } from '../../src-shared/contract/story.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { stateAbsent, stateOfCode } from '../../src-shared/model/tcp-state.ts'
import type { ObservedTable } from './observed-table.ts'

/** A connection passes eight states at most (simultaneous open and close); a listener never moves. */
const maximumSteps = 16
/** Rows with a list: about ten megabytes. Beyond that the lists that were begun first are forgotten first. */
const maximumLists = 50_000
/** Beside the state code: the row was in this state before the first look, so nobody knows since when. */
const sinceUnknown = 0x80
const initialCapacity = 1024

export class StateJournal {
  /** By slot: the code of the state last seen, and whether its beginning is unknown. */
  #last = new Uint8Array(initialCapacity)
  /** By row id: states seen before the present one was, and the present one. */
  #lists = new Map<number, readonly StateStep[]>()
  #session: string | undefined

  /** Call after each look that the table observed. */
  follow({ mirror, added, changed, removed, reset }: ObservedTable): void {
    if (reset) this.#startOver(mirror)
    this.#reserve(mirror.top)
    for (const slot of removed) this.#lists.delete(mirror.columns.rowId[slot] as number)
    for (const slot of added) this.#meet(mirror, slot)
    for (const slot of changed) this.#see(mirror, slot)
  }

  /** Oldest first, the present state last; empty for a row without a state. */
  pathOf(mirror: RowMirror, slot: number): readonly StateStep[] {
    const { rowId, state } = mirror.columns
    if ((state[slot] as number) === stateAbsent) return []
    return this.#lists.get(rowId[slot] as number) ?? stepOf(state[slot] as number, sinceOf(mirror, slot))
  }

  /** Rows that have a list. */
  get size(): number {
    return this.#lists.size
  }

  /** Another session numbers its rows anew; a full set of the same one only repeats what is known. */
  #startOver(mirror: RowMirror): void {
    const live = new Set<number>()
    if (mirror.session === this.#session) for (const slot of mirror.liveSlots()) live.add(mirror.columns.rowId[slot] as number)
    for (const rowId of this.#lists.keys()) if (!live.has(rowId)) this.#lists.delete(rowId)
    this.#session = mirror.session
  }

  #reserve(slots: number): void {
    if (slots <= this.#last.length) return
    const next = new Uint8Array(Math.max(slots, this.#last.length * 2))
    next.set(this.#last)
    this.#last = next
  }

  #meet(mirror: RowMirror, slot: number): void {
    const code = mirror.columns.state[slot] as number
    const since = sinceOf(mirror, slot)
    this.#last[slot] = code | (since === undefined ? sinceUnknown : 0)
    if (code === stateAbsent) return
    const rowId = mirror.columns.rowId[slot] as number
    const known = this.#lists.get(rowId)
    if (known !== undefined) {
      if (known.at(-1)?.state !== stateOfCode(code)) this.#keep(rowId, [...known, ...stepOf(code, since)])
      return
    }
    // It changed before anybody asked: the time is in the row until the next change overwrites it.
    if (since !== undefined && since !== mirror.columns.firstSeenAt[slot]) this.#keep(rowId, stepOf(code, since))
  }

  #see(mirror: RowMirror, slot: number): void {
    const code = mirror.columns.state[slot] as number
    const before = this.#last[slot] as number
    if ((before & ~sinceUnknown) === code) return
    this.#last[slot] = code
    const { rowId, firstSeenAt } = mirror.columns
    const row = rowId[slot] as number
    const beganAt = (before & sinceUnknown) === 0 ? (firstSeenAt[slot] as number) : undefined
    const earlier = this.#lists.get(row) ?? stepOf(before & ~sinceUnknown, beganAt)
    this.#keep(row, [...earlier, ...stepOf(code, sinceOf(mirror, slot))])
  }

  #keep(rowId: number, steps: readonly StateStep[]): void {
    if (!this.#lists.has(rowId) && this.#lists.size >= maximumLists) {
      const [oldest] = this.#lists.keys()
      if (oldest !== undefined) this.#lists.delete(oldest)
    }
    this.#lists.set(rowId, steps.slice(-maximumSteps))
  }
}

/** Undefined: the row was in its state before the first look. */
function sinceOf({ columns }: RowMirror, slot: number): number | undefined {
  const since = columns.stateSinceAt[slot] as number
  return Number.isNaN(since) ? undefined : since
}

function stepOf(code: number, since: number | undefined): readonly StateStep[] {
  const state = stateOfCode(code)
  if (state === undefined) return []
  return [since === undefined ? { state } : { state, since }]
}
