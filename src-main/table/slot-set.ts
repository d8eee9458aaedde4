/** Slot numbers, each at most once, in the order in which they came; no box per entry. */
import { SlotList } from './slot-list.ts'

export class SlotSet {
  readonly #slots = new SlotList()
  #marks = new Uint8Array(1024)

  get size(): number {
    return this.#slots.length
  }

  add(slot: number): void {
    if (slot >= this.#marks.length) this.#reserve(slot)
    if (this.#marks[slot] === 1) return
    this.#marks[slot] = 1
    this.#slots.push(slot)
  }

  has(slot: number): boolean {
    return this.#marks[slot] === 1
  }

  /** The slot that came as number `index`. */
  at(index: number): number {
    return this.#slots.at(index)
  }

  clear(): void {
    for (let index = 0; index < this.#slots.length; index += 1) this.#marks[this.#slots.at(index)] = 0
    this.#slots.clear()
  }

  #reserve(slot: number): void {
    let capacity = this.#marks.length
    while (capacity <= slot) capacity *= 2
    const next = new Uint8Array(capacity)
    next.set(this.#marks)
    this.#marks = next
  }
}
