import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import type { ProcessIdentity } from '../../src-shared/model/process.ts'

export interface EndProcessOrder {
  /** Absent: TERM, then KILL for what is still there after the grace period. */
  readonly signal?: 'TERM' | 'KILL' | undefined
  /** The explicit second step for Sockscope's own processes and PID 1. */
  readonly confirmProtected: boolean
}

/** Ends processes, one identity at a time. */
export interface ProcessTerminator {
  end(target: ProcessIdentity, order: EndProcessOrder): Promise<ActionOutcome>
}
