import type { ProcessRecord } from '../../src-shared/model/process.ts'

export type ProcessFacts = Omit<ProcessRecord, 'ref'>

/** Processes by pid, where the system tells the owner's pid with each socket and no search is needed. */
export interface ProcessCatalog {
  /** Reads what is needed to answer for these pids; called once per look. */
  refresh(pids: ReadonlySet<number>): void
  /** Undefined when the process has ended or nothing may be known of it. */
  factsOf(pid: number): ProcessFacts | undefined
  /** True when the last reading listed every process, so that one without facts has ended. */
  readonly isComplete?: boolean
}
