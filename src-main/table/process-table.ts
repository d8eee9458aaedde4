/** The processes that rows refer to: references instead of repeated names, and what changed since a sequence. */
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { BoundedLog } from './bounded-log.ts'

/** Forgotten processes remembered for consumers that lag; one that lags further gets a full set. */
const forgottenLogCapacity = 16_384

type Facts = Omit<ProcessRecord, 'ref'>

export class ProcessTable {
  readonly #records = new Map<number, ProcessRecord>()
  readonly #changedAt = new Map<number, number>()
  readonly #references = new Map<string, number>()
  readonly #forgotten = new BoundedLog(forgottenLogCapacity)
  #lastReference = 0

  /** Adds a process or updates what is known of it. Returns its reference. */
  put(facts: Facts, sequence: number): number {
    const key = `${facts.pid} ${facts.startToken}`
    const known = this.#references.get(key)
    const ref = known ?? (this.#lastReference += 1)
    const record = { ...facts, ref }
    if (known !== undefined && sameRecord(this.#records.get(known), record)) return known
    this.#references.set(key, ref)
    this.#records.set(ref, record)
    this.#changedAt.set(ref, sequence)
    return ref
  }

  get(ref: number): ProcessRecord | undefined {
    return this.#records.get(ref)
  }

  values(): IterableIterator<ProcessRecord> {
    return this.#records.values()
  }

  /** Marks the end of a process; rows may go on naming it. */
  markExited(ref: number, sequence: number): void {
    const record = this.#records.get(ref)
    if (record === undefined || record.exited === true) return
    this.#records.set(ref, { ...record, exited: true })
    this.#changedAt.set(ref, sequence)
  }

  /** Drops every process that is not among the references in use. */
  forgetUnused(inUse: ReadonlySet<number>, sequence: number): void {
    for (const [ref, record] of this.#records) {
      if (inUse.has(ref)) continue
      this.#records.delete(ref)
      this.#changedAt.delete(ref)
      this.#references.delete(`${record.pid} ${record.startToken}`)
      this.#forgotten.note(ref, sequence)
    }
  }

  since(sequence: number): readonly ProcessRecord[] {
    return [...this.#records.values()].filter(({ ref }) => (this.#changedAt.get(ref) ?? 0) > sequence)
  }

  /** Undefined when the log does not reach back so far. */
  forgottenSince(sequence: number): readonly number[] | undefined {
    return this.#forgotten.since(sequence)
  }
}

function sameRecord(left: ProcessRecord | undefined, right: ProcessRecord): boolean {
  return (
    left !== undefined &&
    left.name === right.name &&
    left.executable === right.executable &&
    left.executableDeleted === right.executableDeleted &&
    left.user === right.user &&
    left.startedAt === right.startedAt &&
    left.exited === right.exited
  )
}
