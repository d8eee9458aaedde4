/**
 * The incremental search for the holders of sockets. A tick costs what changed, not what exists: sockets keep their holder by
 * identity; new ones are looked for where the kernel must have put them; whole descriptor tables are scanned only for new
 * processes, and within a time budget for what stayed unresolved; a rotating slice is verified so that passed or reused
 * descriptors cannot stay wrong for long.
 */
import { recordWord, recordWords } from '../../table/row-record.ts'
import type { RowTable } from '../../table/row-table.ts'
import { DescriptorProber } from './descriptor-prober.ts'
import { HolderMap, releaseDescriptor } from './holder-map.ts'
import { descriptorFree, descriptorSocket, type KnownProcess } from './known-process.ts'
import { ProcessList, type ProcessListChanges } from './process-list.ts'

/** Time for full scans in one tick; what is left waits for the next. */
const scanBudgetMs = 30
/** The same where only sockets are left that were searched for in vain before. */
const secondSearchBudgetMs = 5
/** Sockets given up are searched for once more after so many looks, so many at a time: a descriptor may be passed on unnoticed. */
const looksBetweenSecondSearches = 60
const maximumSecondSearches = 1000
/** Tables up to this size are scanned as soon as their size changed. */
const smallTable = 256
/** A process that found sockets within so many ticks is a candidate for new ones. */
const recentTicks = 30
/** Looks in vain after which a socket counts as not attributable from here. */
const maximumTries = 60
const givenUp = 255
/** The verification covers the whole table within a minute of ticks, but never less or more than this per tick. */
const verifyShare = 60
const minimumVerified = 32
const maximumVerified = 500

export class SocketSearch {
  readonly holders = new HolderMap()
  readonly processes = new ProcessList()
  readonly prober = new DescriptorProber(this.holders)
  readonly #now: () => number
  #backlog: number[] = []
  #rotation: KnownProcess[] = []
  /** Where the next second searches begin, and the look of the last ones. */
  #secondSearchSlot = 0
  #secondSearchAt = 0

  constructor({ now }: { readonly now: () => number }) {
    this.#now = now
  }

  /** True when the search has given a socket up: nobody who is visible from here holds it. */
  hasGivenUp(slot: number): boolean {
    return (this.holders.tries[slot] as number) === givenUp
  }

  /** Rows for which no holder was found and none will be looked for again. `foreign` rows belong to users we cannot see. */
  tick(table: RowTable, foreign: (slot: number) => boolean): ProcessListChanges {
    const startedAt = this.#now()
    const { holders } = this
    holders.resolved = 0
    this.prober.beginTick(table.sequence)
    holders.follow(table, (pid, descriptor, inode) => {
      const process = this.processes.known.get(pid)
      if (process !== undefined) releaseDescriptor(process, descriptor, inode)
    })
    const changes = this.processes.refresh(this.processes.limited ? this.#idle() : [])
    for (const process of [...changes.ended, ...changes.released]) this.#forget(process)
    for (const process of changes.appeared) this.prober.scan(process)
    const grown = this.#noteResized(changes)
    if (table.sequence % looksBetweenSecondSearches === 0) this.#searchSecondTime(table, foreign)
    this.#adoptKnownSockets(this.#pending(table, foreign))
    let pending = this.#pending(table, foreign)
    if (pending.length === 0) for (const process of grown) this.prober.predict(process)
    else {
      const candidates = this.#candidates(table, pending, grown)
      for (const process of candidates) this.prober.predict(process)
      pending = this.#pending(table, foreign)
      if (pending.length > 0) this.#scanForLeftovers(table, pending, candidates, startedAt)
    }
    this.#verifySlice(table)
    this.#backlog = this.#pending(table, foreign)
    return changes
  }

  close(): void {
    this.processes.close()
  }

  /** Rows with a socket and without a holder that are worth looking for. */
  #pending(table: RowTable, foreign: (slot: number) => boolean): number[] {
    const { holders } = this
    const { touched } = holders
    const found: number[] = []
    const consider = (slot: number): void => {
      if (
        table.live[slot] === 0 ||
        holders.pid[slot] !== 0 ||
        holders.inodes.inodeOf(slot) === 0 ||
        (holders.tries[slot] as number) === givenUp
      )
        return
      if (foreign(slot)) holders.tries[slot] = givenUp
      else found.push(slot)
    }
    for (let index = 0; index < touched.size; index += 1) consider(touched.at(index))
    for (const slot of this.#backlog) if (!touched.has(slot)) consider(slot)
    return found
  }

  /** Quietly: as long as nothing is found, the rows keep the answer that nothing was. */
  #searchSecondTime(table: RowTable, foreign: (slot: number) => boolean): void {
    const { holders } = this
    this.#secondSearchAt = table.sequence
    let left = maximumSecondSearches
    for (let looked = 0; looked < table.top && left > 0; looked += 1) {
      const slot = this.#secondSearchSlot % table.top
      this.#secondSearchSlot = slot + 1
      if (table.live[slot] === 0 || holders.tries[slot] !== givenUp || holders.pid[slot] !== 0 || foreign(slot)) continue
      if (holders.inodes.inodeOf(slot) === 0) continue
      holders.searchAgain(slot)
      this.#backlog.push(slot)
      left -= 1
    }
  }

  /** Sockets met while probing before the dump showed them, and rows whose twin already has a holder, need no system call. */
  #adoptKnownSockets(pending: readonly number[]): void {
    const { holders } = this
    for (const slot of pending) {
      const inode = holders.inodes.inodeOf(slot)
      const twin = holders.inodes.find(inode)
      if (twin !== slot && twin !== -1 && holders.pid[twin] !== 0) {
        const process = this.processes.known.get(holders.pid[twin] as number)
        if (process !== undefined) holders.hold(process, holders.descriptor[twin] as number, inode, process.lastHit)
        continue
      }
      const early = holders.early.get(inode)
      if (early === undefined) continue
      holders.early.delete(inode)
      const process = this.processes.known.get(early.pid)
      if (process?.kind[early.descriptor] === descriptorSocket && process.inode[early.descriptor] === inode)
        holders.hold(process, early.descriptor, inode, process.lastHit)
    }
  }

  /** Processes that hold no socket of the table, those scanned longest ago first. */
  #idle(): KnownProcess[] {
    const further = new Set<number>()
    for (const pids of this.holders.further.values()) for (const pid of pids) further.add(pid)
    const idle = [...this.processes.known.values()].filter(({ pid, sockets }) => sockets === 0 && !further.has(pid))
    return idle.toSorted((left, right) => left.lastScan - right.lastScan)
  }

  #noteResized({ resized }: ProcessListChanges): KnownProcess[] {
    const grown: KnownProcess[] = []
    for (const { process, by } of resized) {
      if (by > 0 || process.freed.length > 0) grown.push(process)
      if (by < 0 && process.sockets > 0) {
        this.#rotation.push(process) // verified first: something was closed
        process.verifyAt = 0
      }
    }
    return grown
  }

  /** Owners of the listener on the local port first, then who has free descriptors, grew, or won lately. */
  #candidates(table: RowTable, pending: readonly number[], grown: readonly KnownProcess[]): Set<KnownProcess> {
    const candidates = new Set<KnownProcess>()
    const ports = new Set(pending.map((slot) => (table.records[slot * recordWords + recordWord.ports] as number) >>> 16))
    for (const port of ports)
      for (const pid of this.holders.portHolders.get(port) ?? []) {
        const process = this.processes.known.get(pid)
        if (process !== undefined) candidates.add(process)
      }
    for (const process of this.processes.known.values()) if (process.freed.length > 0) candidates.add(process)
    for (const process of grown) if (this.processes.known.has(process.pid)) candidates.add(process)
    for (const process of this.processes.known.values())
      if (process.lastHit > 0 && table.sequence - process.lastHit < recentTicks) candidates.add(process)
    return candidates
  }

  /**
   * Small tables at once; large ones only for sockets seen in three dumps. A dump is not atomic: the old and the new holder of one
   * descriptor can both be in it, and the old one's removal frees the descriptor on the next tick anyway.
   */
  #scanForLeftovers(table: RowTable, pending: readonly number[], candidates: ReadonlySet<KnownProcess>, startedAt: number): void {
    const { holders } = this
    let youngestOld = 0
    for (const slot of pending)
      if ((holders.since[slot] as number) + 1 < table.sequence) youngestOld = Math.max(youngestOld, holders.since[slot] as number)
    const wanted = holders.resolved + pending.length
    const onlySecond = pending.every((slot) => holders.since[slot] === this.#secondSearchAt)
    const endsAt = onlySecond ? this.#now() + secondSearchBudgetMs : startedAt + scanBudgetMs
    const order = [...new Set([...candidates, ...this.processes.known.values()])].toSorted(
      (left, right) => Number(left.known > smallTable) - Number(right.known > smallTable) || left.lastScan - right.lastScan,
    )
    for (const process of order) {
      if (process.lastScan === table.sequence) continue
      // Scanned after the youngest of these sockets appeared: it cannot hold it.
      if (youngestOld > 0 ? process.lastScan >= youngestOld : process.known > smallTable || process.size === process.sizeAtScan) continue
      if (this.#now() > endsAt) break
      this.prober.scan(process)
      if (holders.resolved >= wanted) break
    }
    this.#giveUpWhatNobodyHolds(pending)
  }

  #giveUpWhatNobodyHolds(pending: readonly number[]): void {
    const { holders } = this
    let oldestScan = Number.POSITIVE_INFINITY
    for (const process of this.processes.known.values()) oldestScan = Math.min(oldestScan, process.lastScan)
    for (const slot of pending) {
      if (holders.pid[slot] !== 0) continue
      const tries = (holders.tries[slot] as number) + 1
      const everybodyScannedSince = oldestScan >= (holders.since[slot] as number)
      holders.tries[slot] = everybodyScannedSince || tries > maximumTries ? givenUp : tries
      if (holders.tries[slot] === givenUp) holders.touched.add(slot)
    }
  }

  #verifySlice(table: RowTable): void {
    const limit = Math.min(maximumVerified, Math.max(minimumVerified, Math.trunc(table.count / verifyShare)))
    if (this.#rotation.length === 0)
      this.#rotation = [...this.processes.known.values()].filter((process) => process.sockets > 0 || process.size !== process.known)
    let verified = 0
    while (verified < limit) {
      const process = this.#rotation.at(-1)
      if (process === undefined) return
      if (this.processes.known.get(process.pid) !== process || process.lastScan === table.sequence) {
        this.#rotation.pop()
        continue
      }
      let descriptor = process.verifyAt
      for (; descriptor <= process.highest && verified < limit; descriptor += 1) {
        if (process.kind[descriptor] === descriptorFree) continue
        this.prober.probe(process, descriptor)
        verified += 1
      }
      if (descriptor <= process.highest) {
        process.verifyAt = descriptor
        return
      }
      process.verifyAt = 0
      this.#rotation.pop()
    }
  }

  #forget(process: KnownProcess): void {
    for (let descriptor = 0; descriptor <= process.highest; descriptor += 1)
      if (process.kind[descriptor] === descriptorSocket) this.holders.drop(process, descriptor)
    this.holders.forgetPid(process.pid)
  }
}
