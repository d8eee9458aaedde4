/** Slots by socket inode. One inode may have several rows: the subflows of a Multipath TCP connection share their owner's. */
const initialSize = 1024

export class InodeIndex {
  #slots = new Int32Array(initialSize).fill(-1)
  #mask = initialSize - 1
  #count = 0
  /** Inode of each slot, 0 when the row has none. */
  #inodes: Uint32Array

  constructor(capacity: number) {
    this.#inodes = new Uint32Array(capacity)
  }

  /** Makes room for slots below `capacity`. */
  reserve(capacity: number): void {
    if (capacity <= this.#inodes.length) return
    const next = new Uint32Array(capacity)
    next.set(this.#inodes)
    this.#inodes = next
  }

  inodeOf(slot: number): number {
    return this.#inodes[slot] as number
  }

  /** Any one slot with this inode, or -1. */
  find(inode: number): number {
    for (let at = hash(inode) & this.#mask; ; at = (at + 1) & this.#mask) {
      const slot = this.#slots[at] as number
      if (slot === -1 || this.#inodes[slot] === inode) return slot
    }
  }

  /** Calls `take` for every slot with this inode; tells whether there was one. */
  forEach(inode: number, take: (slot: number) => void): boolean {
    let any = false
    for (let at = hash(inode) & this.#mask; ; at = (at + 1) & this.#mask) {
      const slot = this.#slots[at] as number
      if (slot === -1) return any
      if (this.#inodes[slot] !== inode) continue
      any = true
      take(slot)
    }
  }

  /** Gives a slot another inode; 0 takes it out. */
  set(slot: number, inode: number): void {
    if (this.#inodes[slot] === inode) return
    if (this.#inodes[slot] !== 0) this.#remove(slot)
    this.#inodes[slot] = inode
    if (inode === 0) return
    if ((this.#count + 1) * 2 > this.#mask) this.#enlarge()
    this.#put(slot)
    this.#count += 1
  }

  #put(slot: number): void {
    let at = hash(this.#inodes[slot] as number) & this.#mask
    while (this.#slots[at] !== -1) at = (at + 1) & this.#mask
    this.#slots[at] = slot
  }

  #remove(slot: number): void {
    const slots = this.#slots
    const mask = this.#mask
    let hole = hash(this.#inodes[slot] as number) & mask
    while (slots[hole] !== slot) {
      if (slots[hole] === -1) return
      hole = (hole + 1) & mask
    }
    this.#count -= 1
    for (let at = (hole + 1) & mask; slots[at] !== -1; at = (at + 1) & mask) {
      const home = hash(this.#inodes[slots[at] as number] as number) & mask
      const stays = hole <= at ? hole < home && home <= at : hole < home || home <= at
      if (stays) continue
      slots[hole] = slots[at] as number
      hole = at
    }
    slots[hole] = -1
  }

  #enlarge(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 4).fill(-1)
    this.#mask = this.#slots.length - 1
    for (const slot of old) if (slot !== -1) this.#put(slot)
  }
}

function hash(inode: number): number {
  const mixed = Math.imul(inode, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
