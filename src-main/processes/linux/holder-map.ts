/**
 * Which process holds which row's socket, as far as probing has shown. Pure bookkeeping over slots; probing itself and the meaning
 * of "unknown" are elsewhere.
 */
import { recordWord, recordWords, stateOfHead } from '../../table/row-record.ts'
import { maximumOwners, type RowTable } from '../../table/row-table.ts'
import { listenCode } from '../../../src-shared/model/tcp-state.ts'
import { SlotSet } from '../../table/slot-set.ts'
import { InodeIndex } from './inode-index.ts'
import { descriptorSocket, type KnownProcess } from './known-process.ts'

interface EarlySocket {
  readonly pid: number
  readonly descriptor: number
}

export class HolderMap {
  readonly inodes = new InodeIndex(1024)
  /** By slot: first holder's pid (0 unknown) and its descriptor (-1 unknown). */
  pid = new Int32Array(1024)
  descriptor = new Int32Array(1024)
  /** By slot: sequence at which the row came, or came to be, without a holder, and how often it was looked for in vain. */
  since = new Float64Array(1024)
  tries = new Uint8Array(1024)
  /** Further holders of a slot, so many that a row can have them as owners. */
  readonly further = new Map<number, Set<number>>()
  /** Processes that hold, or held, a listener on a local port. */
  readonly portHolders = new Map<number, Set<number>>()
  /** Sockets met while probing that are not in the table yet: newer than the dump, or of another kind. */
  readonly early = new Map<number, EarlySocket>()
  /** Slots whose holders changed since this was last emptied. */
  readonly touched = new SlotSet()
  /** Rows that found their holder since the counter was last reset. */
  resolved = 0
  #table: RowTable | undefined

  /** Follows what the last look did to the rows. `release` is told which descriptors became free with them. */
  follow(table: RowTable, release: (pid: number, descriptor: number, inode: number) => void): void {
    this.#table = table
    this.#reserve(table.capacity)
    for (let index = 0; index < table.removed.length; index += 1) this.#letGo(table.removed.at(index), release)
    for (let index = 0; index < table.relinked.length; index += 1) this.#relink(table.relinked.at(index), release)
    for (let index = 0; index < table.added.length; index += 1) this.#relink(table.added.at(index), release)
  }

  /** `process` was seen to hold the socket `inode` through `descriptor`. Tells whether the table has that socket. */
  hold(process: KnownProcess, descriptor: number, inode: number, tick: number): boolean {
    const any = this.inodes.forEach(inode, (slot) => this.#holdSlot(process, descriptor, slot, tick))
    if (!any) this.early.set(inode, { pid: process.pid, descriptor })
    return any
  }

  /** `process` no longer holds what it held through `descriptor`. */
  drop(process: KnownProcess, descriptor: number): void {
    const inode = process.inode[descriptor] as number
    process.inode[descriptor] = 0
    this.early.delete(inode)
    this.inodes.forEach(inode, (slot) => this.#dropSlot(process, slot))
  }

  /** Forgets a process that ended. */
  forgetPid(pid: number): void {
    for (const holders of this.portHolders.values()) holders.delete(pid)
  }

  /** Pids that hold a slot's socket, the first found first. */
  holders(slot: number): readonly number[] {
    const first = this.pid[slot] as number
    if (first === 0) return []
    const further = this.further.get(slot)
    return further === undefined ? [first] : [first, ...further]
  }

  /** Searches made until now do not count: whoever was looked at before may have been given the socket since. */
  searchAgain(slot: number): void {
    this.since[slot] = (this.#table as RowTable).sequence
    this.tries[slot] = 0
  }

  #relink(slot: number, release: (pid: number, descriptor: number, inode: number) => void): void {
    const table = this.#table as RowTable
    const inode = table.records[slot * recordWords + recordWord.inode] as number
    this.#letGo(slot, release)
    this.inodes.set(slot, inode)
    this.searchAgain(slot)
    this.touched.add(slot)
  }

  #letGo(slot: number, release: (pid: number, descriptor: number, inode: number) => void): void {
    const pid = this.pid[slot] as number
    if (pid !== 0) release(pid, this.descriptor[slot] as number, this.inodes.inodeOf(slot))
    this.inodes.set(slot, 0)
    this.further.delete(slot)
    this.pid[slot] = 0
    this.descriptor[slot] = -1
  }

  #holdSlot(process: KnownProcess, descriptor: number, slot: number, tick: number): void {
    if (this.pid[slot] === process.pid) return
    if (this.pid[slot] === 0) {
      this.pid[slot] = process.pid
      this.descriptor[slot] = descriptor
      this.resolved += 1
      process.lastHit = tick
      process.sockets += 1
    } else {
      const further = this.further.get(slot) ?? new Set()
      if (further.has(process.pid) || further.size >= maximumOwners - 1) return
      this.further.set(slot, further.add(process.pid))
    }
    this.touched.add(slot)
    this.#noteListener(process.pid, slot)
  }

  #dropSlot(process: KnownProcess, slot: number): void {
    const further = this.further.get(slot)
    if (this.pid[slot] !== process.pid) {
      if (further?.delete(process.pid) === true) this.touched.add(slot)
      return
    }
    process.sockets = Math.max(0, process.sockets - 1)
    const successor = further?.values().next().value
    if (successor !== undefined) further?.delete(successor)
    else this.searchAgain(slot)
    this.pid[slot] = successor ?? 0
    this.descriptor[slot] = -1
    this.touched.add(slot)
  }

  #noteListener(pid: number, slot: number): void {
    const table = this.#table as RowTable
    const base = slot * recordWords
    if (stateOfHead(table.records[base + recordWord.head] as number) !== listenCode) return
    const port = (table.records[base + recordWord.ports] as number) >>> 16
    const holders = this.portHolders.get(port) ?? new Set()
    this.portHolders.set(port, holders.add(pid))
  }

  #reserve(capacity: number): void {
    this.inodes.reserve(capacity)
    if (capacity <= this.pid.length) return
    const pid = new Int32Array(capacity)
    pid.set(this.pid)
    this.pid = pid
    const descriptor = new Int32Array(capacity)
    descriptor.set(this.descriptor)
    this.descriptor = descriptor
    const since = new Float64Array(capacity)
    since.set(this.since)
    this.since = since
    const tries = new Uint8Array(capacity)
    tries.set(this.tries)
    this.tries = tries
  }
}

/** Puts a descriptor whose socket vanished on its process' list of free ones. */
export function releaseDescriptor(process: KnownProcess, descriptor: number, inode: number): void {
  if (
    descriptor >= 0 &&
    descriptor < process.kind.length &&
    process.kind[descriptor] === descriptorSocket &&
    process.inode[descriptor] === inode
  )
    process.freed.push(descriptor)
  process.sockets = Math.max(0, process.sockets - 1)
}
