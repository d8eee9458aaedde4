/**
 * The live rows of a mirror in groups, with the totals of each. One pass over typed columns per look, about 4 ms for 100,000 rows:
 * sums are made anew, because adding and taking away floating point rates for hours would drift. Nothing is kept per row between
 * looks but what a grouping remembers.
 */
import { protocols } from '../../../src-shared/model/columns.ts'
import { hasRemote } from '../../../src-shared/model/connection.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { listenCode, stateAbsent } from '../../../src-shared/model/tcp-state.ts'
import type { RowPredicate } from '../../../src-shared/query/index.ts'
import { grown } from '../grown.ts'

/** Number of a group while it lasts; given to another one later. */
export type GroupId = number
export const inNoGroup = -1

export interface Grouping {
  /** `idOf` gives the number of a group by its key, the same for as long as the group has a row. */
  begin(mirror: RowMirror, idOf: (key: string | number) => GroupId): (slot: number) => GroupId
}

/** Places per group in `byState`: every state code, 0 for none. */
export const statePlaces = 16
const udp = protocols.indexOf('udp')
const startCapacity = 64

/** Sums by group id. Bytes and rates are sums of what is known; `rated` and `counted` say of how many rows that is. */
class Totals {
  sockets = new Uint32Array(startCapacity)
  byState = new Uint32Array(startCapacity * statePlaces)
  /** TCP in LISTEN, and UDP that takes what anybody sends. */
  listening = new Uint32Array(startCapacity)
  rated = new Uint32Array(startCapacity)
  counted = new Uint32Array(startCapacity)
  receiveRate = new Float64Array(startCapacity)
  sendRate = new Float64Array(startCapacity)
  received = new Float64Array(startCapacity)
  sent = new Float64Array(startCapacity)
  /** Unix milliseconds; the earliest. */
  firstSeenAt = new Float64Array(startCapacity)

  clear(): void {
    for (const column of [this.sockets, this.byState, this.listening, this.rated, this.counted]) column.fill(0)
    for (const column of [this.receiveRate, this.sendRate, this.received, this.sent]) column.fill(0)
    this.firstSeenAt.fill(Number.POSITIVE_INFINITY)
  }

  grow(length: number): void {
    const before = this.firstSeenAt.length
    this.sockets = grown(this.sockets, length)
    this.byState = grown(this.byState, length * statePlaces)
    this.listening = grown(this.listening, length)
    this.rated = grown(this.rated, length)
    this.counted = grown(this.counted, length)
    this.receiveRate = grown(this.receiveRate, length)
    this.sendRate = grown(this.sendRate, length)
    this.received = grown(this.received, length)
    this.sent = grown(this.sent, length)
    this.firstSeenAt = grown(this.firstSeenAt, length).fill(Number.POSITIVE_INFINITY, before)
  }
}

export class RowGroups {
  readonly totals = new Totals()
  /** Group ids in use lie below this. */
  top = 0
  readonly #grouping: Grouping
  readonly #ids = new Map<string | number, GroupId>()
  /** Undefined for ids that are free. */
  #keys: (string | number | undefined)[] = []
  #free: GroupId[] = []
  #session: string | undefined
  /** Rows per group, those that the filter hides among them: only a group without any is given up. */
  #members = new Uint32Array(startCapacity)
  #groupOf = new Int32Array(0)
  #slots = new Int32Array(0)
  #passing = 0
  #grouped = 0
  #starts = new Uint32Array(0)
  #bySlot = new Int32Array(0)

  constructor(grouping: Grouping) {
    this.#grouping = grouping
  }

  /** Unique among the groups that exist. */
  keyOf(group: GroupId): string {
    return String(this.#keys[group])
  }

  /** Undefined when no group has this key. */
  idOfKey(key: string): GroupId | undefined {
    // Keys are numbers where a number says it all.
    return this.#ids.get(key) ?? (/^\d+$/u.test(key) ? this.#ids.get(Number(key)) : undefined)
  }

  /** Rows that pass, and all rows that are in a group. */
  get counts(): { readonly shown: number; readonly all: number } {
    return { shown: this.#passing, all: this.#grouped }
  }

  /** Groups with at least one row that passes, in no particular order. */
  *ids(): IterableIterator<GroupId> {
    for (let group = 0; group < this.top; group += 1) if ((this.totals.sockets[group] as number) > 0) yield group
  }

  /** Slots of the rows of a group; valid until the next `update`. */
  slotsOf(group: GroupId): Int32Array {
    return this.#bySlot.subarray(this.#starts[group] ?? 0, this.#starts[group + 1] ?? 0)
  }

  /** The first of them. The group must have one that passes. */
  firstSlotOf(group: GroupId): number {
    return this.#bySlot[this.#starts[group] as number] as number
  }

  /** Looks at every live row; `predicate` chooses those that count. */
  update(mirror: RowMirror, predicate?: RowPredicate): void {
    if (mirror.session !== this.#session) this.#forget(mirror.session)
    this.totals.clear()
    this.#members.fill(0)
    this.#collect(mirror, predicate)
    this.#sum(mirror)
    this.#sortByGroup()
    this.#giveUpEmpty()
  }

  #collect(mirror: RowMirror, predicate: RowPredicate | undefined): void {
    const groupOf = this.#grouping.begin(mirror, (key) => this.#idOf(key))
    this.#groupOf = grown(this.#groupOf, mirror.rowCount)
    this.#slots = grown(this.#slots, mirror.rowCount)
    let passing = 0
    let grouped = 0
    for (const slot of mirror.liveSlots()) {
      const group = groupOf(slot)
      if (group === inNoGroup) continue
      this.#members[group] = (this.#members[group] as number) + 1
      grouped += 1
      if (predicate !== undefined && !predicate(mirror, slot)) continue
      this.#slots[passing] = slot
      this.#groupOf[passing] = group
      passing += 1
    }
    this.#passing = passing
    this.#grouped = grouped
  }

  #sum(mirror: RowMirror): void {
    const { state, protocol, receivedBytes, sentBytes, receiveRate, sendRate, firstSeenAt } = mirror.columns
    const { totals } = this
    for (let index = 0; index < this.#passing; index += 1) {
      const slot = this.#slots[index] as number
      const group = this.#groupOf[index] as number
      const code = state[slot] as number
      totals.sockets[group] = (totals.sockets[group] as number) + 1
      const place = group * statePlaces + (code & (statePlaces - 1))
      totals.byState[place] = (totals.byState[place] as number) + 1
      if (code === listenCode || (code === stateAbsent && protocol[slot] === udp && !hasRemote(mirror, slot)))
        totals.listening[group] = (totals.listening[group] as number) + 1
      const received = receivedBytes[slot] as number
      if (received >= 0) {
        totals.counted[group] = (totals.counted[group] as number) + 1
        totals.received[group] = (totals.received[group] as number) + received
        totals.sent[group] = (totals.sent[group] as number) + ((sentBytes[slot] as number) || 0)
      }
      const rate = receiveRate[slot] as number
      if (rate >= 0) {
        totals.rated[group] = (totals.rated[group] as number) + 1
        totals.receiveRate[group] = (totals.receiveRate[group] as number) + rate
        totals.sendRate[group] = (totals.sendRate[group] as number) + ((sendRate[slot] as number) || 0)
      }
      if ((firstSeenAt[slot] as number) < (totals.firstSeenAt[group] as number)) totals.firstSeenAt[group] = firstSeenAt[slot] as number
    }
  }

  /** Counting sort of the slots by group. */
  #sortByGroup(): void {
    const { sockets } = this.totals
    if (this.#starts.length < this.top + 1) this.#starts = new Uint32Array(this.top + 1 + (this.top >> 2))
    let next = 0
    for (let group = 0; group < this.top; group += 1) {
      this.#starts[group] = next
      next += sockets[group] as number
    }
    this.#starts[this.top] = next
    this.#bySlot = grown(this.#bySlot, this.#passing)
    for (let index = 0; index < this.#passing; index += 1) {
      const group = this.#groupOf[index] as number
      // Filled from the front; the starts are put back below.
      const at = this.#starts[group] as number
      this.#bySlot[at] = this.#slots[index] as number
      this.#starts[group] = at + 1
    }
    for (let group = 0; group < this.top; group += 1) this.#starts[group] = (this.#starts[group] as number) - (sockets[group] as number)
  }

  #giveUpEmpty(): void {
    for (let group = 0; group < this.top; group += 1) {
      const key = this.#keys[group]
      if (key === undefined || this.#members[group] !== 0) continue
      this.#ids.delete(key)
      this.#keys[group] = undefined
      this.#free.push(group)
    }
  }

  #idOf(key: string | number): GroupId {
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const group = this.#free.pop() ?? this.top
    if (group === this.top) {
      this.top += 1
      if (this.top > this.#members.length) {
        const length = this.top + (this.top >> 1)
        this.#members = grown(this.#members, length)
        this.totals.grow(length)
      }
    }
    this.#ids.set(key, group)
    this.#keys[group] = key
    return group
  }

  #forget(session: string | undefined): void {
    this.#session = session
    this.#ids.clear()
    this.#keys = []
    this.#free = []
    this.top = 0
  }
}
