/** Which rows are shown: the answer of the filter is kept per row and asked again only for rows that were touched. */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { RowPredicate } from '../../src-shared/query/index.ts'
import { grown } from './grown.ts'

const stateCodes = 256

export class RowFilter {
  readonly #mirror: RowMirror
  #predicate: RowPredicate | undefined
  #states: Uint8Array | undefined
  /** By slot: 1 when the row passes. */
  #passes = new Uint8Array(0)
  #buffer = new Int32Array(0)
  #visible: Int32Array = this.#buffer
  timeDependent = false
  matching = 0
  readonly stateCounts = new Uint32Array(stateCodes)

  constructor(mirror: RowMirror) {
    this.#mirror = mirror
  }

  get visible(): Int32Array {
    return this.#visible
  }

  setPredicate(predicate: RowPredicate | undefined, timeDependent: boolean): void {
    this.#predicate = predicate
    this.timeDependent = predicate !== undefined && timeDependent
  }

  setStates(states: ReadonlySet<number>): void {
    this.#states = states.size === 0 ? undefined : Uint8Array.from({ length: stateCodes }, (_, code) => (states.has(code) ? 1 : 0))
  }

  evaluate(slots: Iterable<number>): void {
    if (this.#predicate === undefined) return
    this.#passes = grown(this.#passes, this.#mirror.columns.rowId.length)
    for (const slot of slots) this.#passes[slot] = this.#predicate(this.#mirror, slot) ? 1 : 0
  }

  /** Picks the rows to show from the ordered ones and counts the live ones by state. */
  project(order: Int32Array, isClosed: (slot: number) => boolean): void {
    const { state } = this.#mirror.columns
    const passes = this.#predicate === undefined ? undefined : this.#passes
    const states = this.#states
    const all = passes === undefined && states === undefined
    if (!all && this.#buffer.length < order.length) this.#buffer = new Int32Array(order.length + (order.length >> 3))
    this.stateCounts.fill(0)
    this.matching = 0
    let shown = 0
    for (let index = 0; index < order.length; index += 1) {
      const slot = order[index] as number
      if (passes !== undefined && passes[slot] === 0) continue
      const code = state[slot] as number
      if (!isClosed(slot)) {
        this.matching += 1
        this.stateCounts[code] = (this.stateCounts[code] as number) + 1
      }
      if (all || (states !== undefined && states[code] === 0)) continue
      this.#buffer[shown] = slot
      shown += 1
    }
    this.#visible = all ? order : this.#buffer.subarray(0, shown)
  }
}
