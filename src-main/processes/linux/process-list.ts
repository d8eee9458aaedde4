/** Which processes there are, each with a handle that outlives neither the process nor our patience. */
import { EACCES, EMFILE, ENFILE, EPERM } from '../../native/linux/errno-names.ts'
import { listPids, readProcText } from '../../native/linux/proc-files.ts'
import {
  closeDescriptorDirectory,
  countDescriptors,
  isHandleAlive,
  openDescriptorDirectory,
} from '../../native/linux/process-descriptors.ts'
import { KnownProcess } from './known-process.ts'
import { parseEffectiveUid } from './parse-process-files.ts'

/** A refusal is asked again after so many looks: a program may drop or gain privileges. */
const looksBetweenDeniedRetries = 10

/** Descriptors left free for all the rest (reading facts, asking about one socket) when the limit on open files is met. */
const spareDescriptors = 16

/** Where not all processes can be watched, so many take the place of others on each look. */
const turnsPerLook = 16

export interface ProcessListChanges {
  readonly appeared: readonly KnownProcess[]
  readonly ended: readonly KnownProcess[]
  /** Processes that go on, but are no longer watched for want of descriptors. */
  readonly released: readonly KnownProcess[]
  /** Processes whose number of descriptors changed, with the change. */
  readonly resized: readonly { readonly process: KnownProcess; readonly by: number }[]
}

export class ProcessList {
  readonly known = new Map<number, KnownProcess>()
  /** Pids whose descriptors this process may not see, with the id of the user they run as where that is told. */
  readonly denied = new Map<number, number | undefined>()
  /** True when the limit on open files kept some processes from being watched. */
  limited = false
  #looks = 0
  /** Then the kernel tells of ended processes in the same call. */
  #countsAreTold = false
  /** Known once the limit on open files was met. */
  #most = Number.POSITIVE_INFINITY
  /** By pid: the look at which it was last released, so that all have their turn. */
  readonly #releasedAt = new Map<number, number>()

  /** `idle`: processes that hold nothing of interest, those looked at longest ago first; they make way where not all can be watched. */
  refresh(idle: readonly KnownProcess[] = []): ProcessListChanges {
    this.#looks += 1
    const released = this.limited ? this.#makeWay(idle) : []
    this.limited = false
    const alive = new Set(listPids())
    const ended: KnownProcess[] = []
    const resized: { process: KnownProcess; by: number }[] = []
    for (const process of this.known.values()) {
      const size = alive.has(process.pid) ? this.#sizeOf(process) : undefined
      if (size === undefined) {
        ended.push(process)
        this.#close(process)
      } else if (size !== process.size) {
        resized.push({ process, by: size - process.size })
        process.size = size
      }
    }
    for (const pid of this.denied.keys()) if (!alive.has(pid)) this.denied.delete(pid)
    for (const pid of this.#releasedAt.keys()) if (!alive.has(pid)) this.#releasedAt.delete(pid)
    const appeared = this.#openNew(alive, released).filter((process) => !released.includes(process))
    return { appeared, ended, released, resized }
  }

  close(): void {
    for (const process of this.known.values()) this.#close(process)
  }

  /** Undefined when the process is gone. */
  #sizeOf({ handle }: KnownProcess): number | undefined {
    const size = countDescriptors(handle)
    if (size !== undefined && size > 0) this.#countsAreTold = true
    return size !== 0 || this.#countsAreTold || isHandleAlive(handle) ? size : undefined
  }

  #openNew(alive: ReadonlySet<number>, released: KnownProcess[]): KnownProcess[] {
    const appeared: KnownProcess[] = []
    const retryDenied = this.#looks % looksBetweenDeniedRetries === 0
    for (const pid of this.#inTurn(alive)) {
      if (this.known.has(pid) || (this.denied.has(pid) && !retryDenied)) continue
      if (this.known.size >= this.#most) {
        this.limited = true
        break
      }
      const opened = openDescriptorDirectory(pid)
      if ('handle' in opened) {
        const process = new KnownProcess(pid, opened.handle)
        this.known.set(pid, process)
        this.denied.delete(pid)
        appeared.push(process)
      } else if (opened.errno === EACCES || opened.errno === EPERM)
        this.denied.set(pid, parseEffectiveUid(readProcText(`${pid}/status`) ?? ''))
      else if (opened.errno === EMFILE || opened.errno === ENFILE) {
        this.limited = true
        released.push(...this.#spare())
        break
      } // else: it ended between the listing and here
    }
    return appeared
  }

  /** Gives the latest handles back: an engine without a free descriptor could not even tell the names of the owners it found. */
  #spare(): KnownProcess[] {
    this.#most = Math.max(1, this.known.size - spareDescriptors)
    return this.#release([...this.known.values()].slice(this.#most))
  }

  #makeWay(idle: readonly KnownProcess[]): KnownProcess[] {
    return this.#release(idle.filter(({ pid }) => this.known.has(pid)).slice(0, turnsPerLook))
  }

  #release(processes: KnownProcess[]): KnownProcess[] {
    for (const process of processes) {
      this.#close(process)
      this.#releasedAt.set(process.pid, this.#looks)
    }
    return processes
  }

  /** New ones first, then those that were released longest ago. */
  #inTurn(alive: ReadonlySet<number>): Iterable<number> {
    if (this.#releasedAt.size === 0) return alive
    return [...alive].toSorted((left, right) => (this.#releasedAt.get(left) ?? 0) - (this.#releasedAt.get(right) ?? 0))
  }

  #close(process: KnownProcess): void {
    closeDescriptorDirectory(process.handle)
    this.known.delete(process.pid)
  }
}
