/**
 * Slot by 64-bit identity: open addressing over the records themselves, so that a look-up touches one index word and one record.
 * Deletion moves later entries back (Knuth, The Art of Computer Programming 6.4, algorithm R); there are no tombstones.
 */
import { recordWords } from './row-record.ts'

const initialSize = 1024

export function hashPair(low: number, high: number): number {
  return mixPair(low, high) >>> 0
}

/** The same bits as a signed number, which costs no object where a call is not inlined: for hashes that feed on each other. */
export function mixPair(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

export class IdentityIndex {
  #slots = new Int32Array(initialSize).fill(-1)
  #mask = initialSize - 1
  #count = 0

  find(records: Uint32Array, low: number, high: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let at = hashPair(low, high) & mask
    for (;;) {
      const slot = slots[at] as number
      if (slot === -1) return -1
      const base = slot * recordWords
      if (records[base] === low && records[base + 1] === high) return slot
      at = (at + 1) & mask
    }
  }

  /** The slot's record must hold its identity already. */
  insert(records: Uint32Array, slot: number): void {
    if ((this.#count + 1) * 2 > this.#mask) this.#enlarge(records)
    this.#put(records, slot)
    this.#count += 1
  }

  remove(records: Uint32Array, slot: number): void {
    const slots = this.#slots
    const mask = this.#mask
    let hole = hashOf(records, slot) & mask
    while (slots[hole] !== slot) {
      if (slots[hole] === -1) return
      hole = (hole + 1) & mask
    }
    this.#count -= 1
    for (let at = (hole + 1) & mask; slots[at] !== -1; at = (at + 1) & mask) {
      const home = hashOf(records, slots[at] as number) & mask
      const stays = hole <= at ? hole < home && home <= at : hole < home || home <= at
      if (stays) continue
      slots[hole] = slots[at] as number
      hole = at
    }
    slots[hole] = -1
  }

  #put(records: Uint32Array, slot: number): void {
    let at = hashOf(records, slot) & this.#mask
    while (this.#slots[at] !== -1) at = (at + 1) & this.#mask
    this.#slots[at] = slot
  }

  #enlarge(records: Uint32Array): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 4).fill(-1)
    this.#mask = this.#slots.length - 1
    for (const slot of old) if (slot !== -1) this.#put(records, slot)
  }
}

function hashOf(records: Uint32Array, slot: number): number {
  return hashPair(records[slot * recordWords] as number, records[slot * recordWords + 1] as number)
}
