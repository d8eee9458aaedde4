/**
 * Keeps what is known of processes that the engine has forgotten for as long as closed rows of theirs may be on display: a row that
 * fades out still says whose it was.
 */
import type { ChangeSetHeader } from '../../src-shared/model/change-set.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'

interface Departed {
  readonly at: number
  readonly record: ProcessRecord
}

export class DepartedProcesses {
  readonly #processes: Map<number, ProcessRecord>
  #departed: Departed[] = []

  constructor(processes: Map<number, ProcessRecord>) {
    this.#processes = processes
  }

  /** To be called before the set is applied. The result puts the records back and is to be called when the set was applied. */
  beforeApply(header: ChangeSetHeader, nowMs: number): () => void {
    const leaving = header.forgottenProcesses.flatMap((reference) => this.#processes.get(reference) ?? [])
    return () => {
      for (const record of leaving) {
        if (this.#processes.has(record.ref)) continue
        this.#processes.set(record.ref, record)
        this.#departed.push({ at: nowMs, record })
      }
    }
  }

  /** Forgets those that left at `latest` or before. */
  forget(latest: number): void {
    const firstLasting = this.#departed.findIndex(({ at }) => at > latest)
    for (const { record } of this.#departed.splice(0, firstLasting === -1 ? this.#departed.length : firstLasting))
      if (this.#processes.get(record.ref) === record) this.#processes.delete(record.ref)
  }

  clear(): void {
    this.#departed = []
  }
}
