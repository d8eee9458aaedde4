/** A growing list of slot numbers without a box per entry. */
export class SlotList {
  length = 0
  #slots = new Int32Array(1024)

  push(slot: number): void {
    if (this.length === this.#slots.length) {
      const next = new Int32Array(this.#slots.length * 2)
      next.set(this.#slots)
      this.#slots = next
    }
    this.#slots[this.length] = slot
    this.length += 1
  }

  at(index: number): number {
    return this.#slots[index] as number
  }

  clear(): void {
    this.length = 0
  }
}
