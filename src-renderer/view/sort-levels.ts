/** The keys of all columns that an order names, kept by slot: the first level decides, the further ones where it leaves rows equal. */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { sortTerms, type ColumnId, type SortOrder } from './column-id.ts'
import { grown } from './grown.ts'
import { sortKey, type SortKey } from './sort-key.ts'
import { SmoothedRates, type RateColumn } from './smoothed-rates.ts'
import { comparison, sortSlots, type SortLevel } from './sort-slots.ts'

interface KeyedLevel extends SortLevel {
  readonly key: SortKey
  readonly rates: SmoothedRates | undefined
  keys: Float64Array<ArrayBuffer>
}

export class SortLevels {
  readonly #mirror: RowMirror
  readonly #levels: readonly KeyedLevel[]

  constructor(order: SortOrder, mirror: RowMirror) {
    this.#mirror = mirror
    this.#levels = sortTerms(order).map((term) => {
      const rates = isRate(term.column) ? new SmoothedRates(mirror, term.column) : undefined
      const key = sortKey(term, mirror, rates)
      return { key, rates, keys: new Float64Array(mirror.columns.rowId.length), tie: key.tie }
    })
  }

  /** Keys of the first level, by slot; read anew after `reserve`. */
  get firstKeys(): Float64Array {
    return this.#levels[0]?.keys ?? new Float64Array(0)
  }

  /** True when `fill` met texts that have no rank yet. */
  get outdated(): boolean {
    return this.#levels.some(({ key }) => key.outdated)
  }

  reserve(capacity: number): void {
    for (const level of this.#levels) level.keys = grown(level.keys, capacity)
  }

  /** Rows that were not there before, or all of them when somebody sorts: rates are taken as they are. */
  begin(slots: Int32Array): void {
    for (const { rates } of this.#levels) rates?.begin(slots)
  }

  /** Lets smoothed rates follow the plain ones; returns rows beside `changed` whose keys may differ now. */
  stepRates(changed: readonly number[], nowMs: number): readonly number[] {
    return this.#levels.flatMap(({ rates }) => rates?.step(changed, nowMs) ?? [])
  }

  forget(slots: Iterable<number>): void {
    for (const { rates } of this.#levels) rates?.forget(slots)
  }

  fill(slots: Int32Array): void {
    for (const { key, keys } of this.#levels) key.fill(slots, keys)
  }

  /** Ranks the texts of these rows, which must be all there are, and fills their keys. */
  rank(slots: Int32Array): void {
    for (const { key, keys } of this.#levels) {
      key.rankTexts(slots)
      key.fill(slots, keys)
    }
  }

  sort(slots: Int32Array): void {
    sortSlots(slots, this.#levels, this.#mirror.columns)
  }

  comparison(): (a: number, b: number) => number {
    return comparison(this.#levels, this.#mirror.columns)
  }

  /** Fills the keys of these rows and says, for each, whether any is another one now. */
  refill(slots: Int32Array): Uint8Array {
    const moved = new Uint8Array(slots.length)
    const before = new Float64Array(slots.length)
    for (const { key, keys } of this.#levels) {
      for (let index = 0; index < slots.length; index += 1) before[index] = keys[slots[index] as number] as number
      key.fill(slots, keys)
      for (let index = 0; index < slots.length; index += 1) if (keys[slots[index] as number] !== before[index]) moved[index] = 1
    }
    return moved
  }
}

/** Whether two orders are the same. */
export function sameOrder(left: SortOrder, right: SortOrder): boolean {
  const others = sortTerms(right)
  const terms = sortTerms(left)
  return (
    terms.length === others.length &&
    terms.every(({ column, descending }, index) => others[index]?.column === column && others[index].descending === descending)
  )
}

const isRate = (column: ColumnId): column is RateColumn => column === 'receiveRate' || column === 'sendRate'
