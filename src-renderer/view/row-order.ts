/**
 * All rows on display in sorted order, filters aside. A change set repairs the order (take the touched rows out, merge them back
 * in at their new places) instead of sorting everything anew. Not kept sorted, it leaves every row where it is and puts new ones last.
 */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { SortOrder } from './column-id.ts'
import { grown } from './grown.ts'
import { sameOrder, SortLevels } from './sort-levels.ts'

export class RowOrder {
  readonly #mirror: RowMirror
  #sort: SortOrder
  #levels: SortLevels
  #keepSorted = true
  #slots = new Int32Array(0)
  #count = 0
  #spare = new Int32Array(0)
  /** By slot. */
  #touched = new Uint8Array(0)

  constructor(mirror: RowMirror, sort: SortOrder) {
    this.#mirror = mirror
    this.#sort = sort
    this.#levels = new SortLevels(sort, mirror)
  }

  get sort(): SortOrder {
    return this.#sort
  }

  /** Slots in order; valid until the next call. */
  get slots(): Int32Array<ArrayBuffer> {
    return this.#slots.subarray(0, this.#count)
  }

  /** The order that is in force already brings rows back to their places that were left where they are. */
  setSort(sort: SortOrder): void {
    const isSame = sameOrder(sort, this.#sort)
    if (isSame && this.#keepSorted) return
    if (!isSame) {
      this.#sort = sort
      this.#levels = new SortLevels(sort, this.#mirror)
    }
    this.#sortAll()
  }

  /** What rows are ordered by became another without any of them changing. */
  sortAgain(): void {
    if (!this.#keepSorted) return
    this.#levels.rank(this.slots)
    this.#sorted(this.slots)
  }

  setKeepSorted(keepSorted: boolean): void {
    if (keepSorted === this.#keepSorted) return
    this.#keepSorted = keepSorted
    // The keys were not kept up meanwhile.
    if (keepSorted) this.#sortAll()
  }

  /** Forgets everything and orders these rows. */
  fill(slots: Iterable<number>, count: number): void {
    this.#levels = new SortLevels(this.#sort, this.#mirror)
    this.#reserve(count)
    let index = 0
    for (const slot of slots) {
      this.#slots[index] = slot
      index += 1
    }
    this.#count = index
    this.#sortAll()
  }

  /** What a row is ordered by in the first place; smaller is earlier. */
  keyOf(slot: number): number {
    return this.#levels.firstKeys[slot] ?? Number.NaN
  }

  /** To be called once per look before `repair`, which must be told of the returned rows, too: what they are ordered by goes on moving. */
  stepRates(changed: readonly number[], nowMs: number): readonly number[] {
    return this.#keepSorted ? this.#levels.stepRates(changed, nowMs) : []
  }

  /**
   * Takes `dropped` out and brings `added` in; `changed` rows move where their key did. A slot may come up several times, and in
   * several lists; being dropped wins.
   */
  repair(added: readonly number[], changed: readonly number[], dropped: Iterable<number>): void {
    this.#reserve(this.#count + added.length)
    const touched = this.#touched
    for (const slot of dropped) touched[slot] = 1
    const moving = this.#keepSorted ? this.#moving(added, changed) : this.#arriving(added)
    if (this.#keepSorted) this.#merge(moving)
    else this.#append(moving)
    for (const slot of dropped) touched[slot] = 0
    this.#levels.forget(dropped)
    for (const slot of moving) touched[slot] = 0
  }

  /** Marks and returns, sorted, the rows that must be placed anew. */
  #moving(added: readonly number[], changed: readonly number[]): Int32Array {
    const levels = this.#levels
    const fresh = this.#unmarked(added)
    const asked = this.#unmarked(changed)
    levels.begin(fresh)
    levels.fill(fresh)
    const elsewhere = levels.refill(asked)
    if (levels.outdated) {
      // New texts shift the ranks of all others but not their order: the rows that stay may keep their places.
      levels.rank(concatenated(this.slots, fresh, asked))
      return this.#sorted(concatenated(fresh, asked))
    }
    let moved = 0
    for (let index = 0; index < asked.length; index += 1) {
      const slot = asked[index] as number
      if (elsewhere[index] === 0) this.#touched[slot] = 0
      else {
        asked[moved] = slot
        moved += 1
      }
    }
    return this.#sorted(concatenated(fresh, asked.subarray(0, moved)))
  }

  /** Marks and returns, sorted among themselves, the rows that come last. */
  #arriving(added: readonly number[]): Int32Array {
    const fresh = this.#unmarked(added)
    this.#levels.begin(fresh)
    this.#levels.fill(fresh)
    if (this.#levels.outdated) this.#levels.rank(concatenated(this.slots, fresh))
    return this.#sorted(fresh)
  }

  /** Those not marked as touched yet, once each; marks them. */
  #unmarked(slots: readonly number[]): Int32Array {
    const unmarked = new Int32Array(slots.length)
    let count = 0
    for (const slot of slots) {
      if (this.#touched[slot] === 1) continue
      this.#touched[slot] = 1
      unmarked[count] = slot
      count += 1
    }
    return unmarked.subarray(0, count)
  }

  #sorted(slots: Int32Array): Int32Array {
    this.#levels.sort(slots)
    return slots
  }

  #merge(moving: Int32Array): void {
    const compare = this.#levels.comparison()
    const keys = this.#levels.firstKeys
    const from = this.#slots
    const into = this.#spare
    let written = 0
    let next = 0
    for (let index = 0; index < this.#count; index += 1) {
      const slot = from[index] as number
      if (this.#touched[slot] === 1) continue
      const key = keys[slot] as number
      while (next < moving.length) {
        const other = moving[next] as number
        const otherKey = keys[other] as number
        if (otherKey > key || (otherKey === key && compare(other, slot) > 0)) break
        into[written] = other
        written += 1
        next += 1
      }
      into[written] = slot
      written += 1
    }
    into.set(moving.subarray(next), written)
    this.#count = written + moving.length - next
    this.#slots = into
    this.#spare = from
  }

  /** Closes the gaps and puts these rows behind all others. */
  #append(arriving: Int32Array): void {
    const slots = this.#slots
    let written = 0
    for (let index = 0; index < this.#count; index += 1) {
      const slot = slots[index] as number
      if (this.#touched[slot] === 1) continue
      slots[written] = slot
      written += 1
    }
    slots.set(arriving, written)
    this.#count = written + arriving.length
  }

  #sortAll(): void {
    const slots = this.slots
    this.#levels.begin(slots)
    this.#levels.rank(slots)
    this.#sorted(slots)
  }

  #reserve(count: number): void {
    const capacity = this.#mirror.columns.rowId.length
    this.#levels.reserve(capacity)
    this.#touched = grown(this.#touched, capacity)
    if (count <= this.#slots.length) return
    this.#slots = grown(this.#slots, count + (count >> 3))
    this.#spare = new Int32Array(this.#slots.length)
  }
}

function concatenated(...parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
