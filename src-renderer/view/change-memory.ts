/**
 * Remembers of every row what makes a change worth seeing: its state and its owner. Counters move all the time on a busy connection;
 * colouring those would colour the whole table for good (TCPView, too, colours changes of state only).
 */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { grown } from './grown.ts'

export class ChangeMemory {
  readonly #mirror: RowMirror
  /** By slot. */
  #state = new Uint8Array(0)
  #owner = new Uint32Array(0)

  constructor(mirror: RowMirror) {
    this.#mirror = mirror
  }

  remember(slots: Iterable<number>): void {
    const { state, owner, rowId } = this.#mirror.columns
    this.#state = grown(this.#state, rowId.length)
    this.#owner = grown(this.#owner, rowId.length)
    for (const slot of slots) {
      this.#state[slot] = state[slot] as number
      this.#owner[slot] = owner[slot] as number
    }
  }

  /** Those whose state changed, or whose known owner was replaced or left. An owner found late is no change. Remembers all. */
  telling(slots: readonly number[]): number[] {
    const { state, owner } = this.#mirror.columns
    const telling = slots.filter(
      (slot) => this.#state[slot] !== state[slot] || (this.#owner[slot] !== 0 && this.#owner[slot] !== owner[slot]),
    )
    this.remember(slots)
    return telling
  }
}
