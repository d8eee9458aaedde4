/**
 * Finds the sockets of one process: probes single descriptors, predicts where the kernel must have put new ones (always the lowest
 * free number), or scans the whole table. All findings go to the holder map.
 */
import {
  countDescriptors,
  descriptorDenied,
  listDescriptors,
  noSuchDescriptor,
  notASocket,
  readSocketInode,
} from '../../native/linux/process-descriptors.ts'
import type { HolderMap } from './holder-map.ts'
import { descriptorFree, descriptorOther, descriptorSocket, type KnownProcess } from './known-process.ts'

/** Consecutive misses after which a run of candidates is given up. */
const missesAmongFreed = 24
const missesWhileGrowing = 64
const missesPastTheEnd = 4
/** In a whole scan: where so much of the table is gaps, such as below a shell's descriptor 255, asking for the list is cheaper. */
const missesInScan = (size: number): number => 8 + Math.trunc(size / 16)
/** A socket that is in no table and does not change is a unix socket or a dead one: looked at this often, then left alone. */
const looksAtUnlisted = 3

export interface ProbeCounters {
  probes: number
  scans: number
}

export class DescriptorProber {
  readonly counters: ProbeCounters = { probes: 0, scans: 0 }
  readonly #holders: HolderMap
  #tick = 0

  constructor(holders: HolderMap) {
    this.#holders = holders
  }

  beginTick(tick: number): void {
    this.#tick = tick
    this.counters.probes = 0
    this.counters.scans = 0
  }

  /** Looks at one descriptor; true when it exists. */
  probe(process: KnownProcess, descriptor: number): boolean {
    this.counters.probes += 1
    const inode = readSocketInode(process.handle, descriptor)
    process.reserve(descriptor)
    const kind = process.kind[descriptor] as number
    if (inode === noSuchDescriptor || inode === descriptorDenied) return this.#notReadable(process, descriptor, kind, inode)
    process.denied = false // a refusal may have been of its time: a program that was starting, or changed its user
    if (kind === descriptorFree) process.known += 1
    if (descriptor > process.highest) process.highest = descriptor
    if (inode === notASocket) {
      if (kind === descriptorSocket) this.#holders.drop(process, descriptor)
      process.kind[descriptor] = descriptorOther
      process.inode[descriptor] = 0
      return true
    }
    if (kind === descriptorSocket && process.inode[descriptor] !== inode) this.#holders.drop(process, descriptor)
    const isNews = kind !== descriptorSocket || process.inode[descriptor] !== inode
    process.kind[descriptor] = descriptorSocket
    process.inode[descriptor] = inode
    const isListed = this.#holders.hold(process, descriptor, inode, this.#tick)
    // A socket newer than the dump: look again on the next tick.
    if (isNews && !isListed && process.sockets > 0) process.freed.push(descriptor)
    return true
  }

  /** Looks at every descriptor; false when the process is gone. */
  scan(process: KnownProcess): boolean {
    this.counters.scans += 1
    process.lastScan = this.#tick
    process.freed.length = 0
    process.holes.length = 0
    const size = countDescriptors(process.handle)
    if (size === undefined) return false
    process.size = size
    process.sizeAtScan = size
    const highestBefore = process.highest
    const { next, left } = this.#scanDense(process, size)
    if (left > 0) {
      if (!this.#scanListed(process, next, size, highestBefore)) return false
    } else this.#forgetFrom(process, next, highestBefore)
    this.#settleAfterScan(process, highestBefore)
    return true
  }

  /** Probes where new descriptors must be. Returns how many rows found their holder. */
  predict(process: KnownProcess): number {
    const before = this.#holders.resolved
    if (process.freed.length > 0) this.#probeFreed(process)
    if (process.holes.length > 0 && process.size > process.known) this.#probeHoles(process)
    this.#probePastTheEnd(process)
    return this.#holders.resolved - before
  }

  #notReadable(process: KnownProcess, descriptor: number, kind: number, answer: number): boolean {
    if (kind !== descriptorFree) {
      if (kind === descriptorSocket) this.#holders.drop(process, descriptor)
      process.kind[descriptor] = descriptorFree
      process.known -= 1
      process.freed.push(descriptor)
    }
    if (answer === descriptorDenied) process.denied = true
    return answer === descriptorDenied
  }

  #scanDense(process: KnownProcess, size: number): { next: number; left: number } {
    let left = size > 0 ? size : Number.POSITIVE_INFINITY // before Linux 6.2 the size is always 0
    const missesAllowed = missesInScan(size)
    let misses = 0
    let descriptor = 0
    if (size > 0)
      for (; left > 0 && misses < missesAllowed; descriptor += 1) {
        if (this.probe(process, descriptor)) left -= 1
        else misses += 1
      }
    return { next: descriptor, left }
  }

  /** A sparse table, or a kernel that does not tell its size: asks for the exact list. */
  #scanListed(process: KnownProcess, next: number, size: number, highestBefore: number): boolean {
    const listed = listDescriptors(process.pid)
    if (listed === undefined) return false
    const open = new Set(listed)
    for (const descriptor of open) if (descriptor >= next || size <= 0) this.probe(process, descriptor)
    for (let descriptor = next; descriptor <= highestBefore; descriptor += 1) if (!open.has(descriptor)) this.#forget(process, descriptor)
    return true
  }

  #forgetFrom(process: KnownProcess, from: number, to: number): void {
    for (let descriptor = from; descriptor <= to; descriptor += 1) this.#forget(process, descriptor)
  }

  #forget(process: KnownProcess, descriptor: number): void {
    const kind = process.kind[descriptor]
    if (kind === descriptorFree) return
    if (kind === descriptorSocket) this.#holders.drop(process, descriptor)
    process.kind[descriptor] = descriptorFree
    process.known -= 1
  }

  #settleAfterScan(process: KnownProcess, highestBefore: number): void {
    let highest = Math.max(highestBefore, process.highest)
    while (highest >= 0 && process.kind[highest] === descriptorFree) highest -= 1
    process.highest = highest
    for (let descriptor = 0; descriptor <= highest; descriptor += 1) {
      if (process.kind[descriptor] === descriptorFree) process.holes.push(descriptor)
      else if (
        process.kind[descriptor] === descriptorSocket &&
        process.sockets > 0 &&
        !process.unchangedLooks.has(descriptor) &&
        this.#isUnlisted(process, descriptor)
      )
        process.freed.push(descriptor)
    }
  }

  #isUnlisted(process: KnownProcess, descriptor: number): boolean {
    return this.#holders.inodes.find(process.inode[descriptor] as number) === -1
  }

  #probeFreed(process: KnownProcess): void {
    const candidates = process.freed.toSorted((left, right) => left - right)
    process.freed = [] // probing queues what is free or newer than the dump again
    let misses = 0
    let at = 0
    let previous = -1
    for (; at < candidates.length && misses < missesAmongFreed; at += 1) {
      const descriptor = candidates[at] as number
      if (descriptor === previous) continue
      previous = descriptor
      const kindBefore = process.kind[descriptor]
      const inodeBefore = process.inode[descriptor]
      if (this.probe(process, descriptor)) {
        misses = 0
        this.#ageUnlisted(process, descriptor, inodeBefore)
      } else {
        misses += 1
        if (kindBefore === descriptorFree) process.freed.push(descriptor)
      }
    }
    for (; at < candidates.length; at += 1) process.freed.push(candidates[at] as number)
  }

  #ageUnlisted(process: KnownProcess, descriptor: number, inodeBefore: number | undefined): void {
    const unchanged =
      process.kind[descriptor] === descriptorSocket && process.inode[descriptor] === inodeBefore && this.#isUnlisted(process, descriptor)
    if (!unchanged) {
      process.unchangedLooks.delete(descriptor)
      return
    }
    const looks = (process.unchangedLooks.get(descriptor) ?? 0) + 1
    process.unchangedLooks.set(descriptor, looks)
    if (looks < looksAtUnlisted) process.freed.push(descriptor)
  }

  #probeHoles(process: KnownProcess): void {
    const remaining: number[] = []
    let misses = 0
    let at = 0
    for (; at < process.holes.length && misses < missesAmongFreed && process.size > process.known; at += 1) {
      const descriptor = process.holes[at] as number
      if (process.kind[descriptor] !== descriptorFree) continue
      if (this.probe(process, descriptor)) misses = 0
      else {
        misses += 1
        remaining.push(descriptor)
      }
    }
    process.holes = [...remaining, ...process.holes.slice(at)]
  }

  #probePastTheEnd(process: KnownProcess): void {
    const limit = process.size > process.known ? missesWhileGrowing : missesPastTheEnd
    const gap: number[] = []
    let misses = 0
    for (let descriptor = process.highest + 1; misses < limit; descriptor += 1) {
      if (this.probe(process, descriptor)) {
        misses = 0
        process.holes.push(...gap.splice(0))
        continue
      }
      misses += 1
      gap.push(descriptor)
      if (misses >= missesPastTheEnd && process.known >= process.size) return
    }
  }
}
