/**
 * Slots by row id: open addressing in two typed arrays, with linear probing and deletion by shifting back (Knuth, The Art of Computer
 * Programming, volume 3, section 6.4, algorithms L and R). A Map of 100,000 rows takes twice the memory, and three times as long for the
 * ten thousand look-ups of a look.
 */
const initialCapacity = 1024
/** Odd, so that it loses no bits; from the golden ratio, so that ids that follow each other lie apart (Knuth, section 6.4). */
const multiplier = 0x9e3779b1
const free = -1

export class RowSlots {
  #ids = new Uint32Array(initialCapacity)
  /** `free`, or the slot of the id beside it. */
  #slots = new Int32Array(initialCapacity).fill(free)
  #shift = 32 - Math.log2(initialCapacity)
  #size = 0

  get size(): number {
    return this.#size
  }

  get(rowId: number): number | undefined {
    const slot = this.#slots[this.#find(rowId)] as number
    return slot === free ? undefined : slot
  }

  /** Row ids are 32 bits without sign, slots 31. */
  set(rowId: number, slot: number): void {
    const place = this.#find(rowId)
    const isNew = this.#slots[place] === free
    this.#ids[place] = rowId
    this.#slots[place] = slot
    if (!isNew) return
    this.#size += 1
    // Beyond half full, the runs that a look-up walks through grow quickly.
    if (this.#size * 2 > this.#slots.length) this.#grow()
  }

  delete(rowId: number): void {
    const slots = this.#slots
    const ids = this.#ids
    const mask = slots.length - 1
    let hole = this.#find(rowId)
    if (slots[hole] === free) return
    this.#size -= 1
    for (let next = (hole + 1) & mask; slots[next] !== free; next = (next + 1) & mask) {
      const home = this.#home(ids[next] as number)
      // Those between their home and here that do not pass the hole have to stay.
      if (((next - home) & mask) < ((next - hole) & mask)) continue
      ids[hole] = ids[next] as number
      slots[hole] = slots[next] as number
      hole = next
    }
    slots[hole] = free
  }

  /** The place of an id, or the free one that it would take. */
  #find(rowId: number): number {
    const slots = this.#slots
    const ids = this.#ids
    const mask = slots.length - 1
    let place = this.#home(rowId)
    while (slots[place] !== free && ids[place] !== rowId) place = (place + 1) & mask
    return place
  }

  #home(rowId: number): number {
    return Math.imul(rowId, multiplier) >>> this.#shift
  }

  #grow(): void {
    const ids = this.#ids
    const slots = this.#slots
    this.#ids = new Uint32Array(ids.length * 2)
    this.#slots = new Int32Array(ids.length * 2).fill(free)
    this.#shift -= 1
    for (let index = 0; index < slots.length; index += 1) {
      if (slots[index] === free) continue
      const place = this.#find(ids[index] as number)
      this.#ids[place] = ids[index] as number
      this.#slots[place] = slots[index] as number
    }
  }
}
