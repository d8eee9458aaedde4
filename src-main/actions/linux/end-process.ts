/**
 * Ends a process on Linux: open a handle, compare the start time through /proc, signal through the handle. Between the comparison
 * and the signal the handle stays with the process, so a reused pid can never be hit. Without handles, see process-by-number.ts.
 */
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import { ENOSYS, EPERM, ESRCH, errnoName } from '../../native/linux/errno-names.ts'
import { ProcessHandle, type SignalName } from '../../native/linux/process-handle.ts'
import { readProcText } from '../../native/linux/proc-files.ts'
import { parseProcessStat } from '../../processes/linux/parse-process-files.ts'
import { protectionOf } from '../protection.ts'
import type { EndProcessOrder, ProcessTerminator } from '../process-terminator.ts'
import { ProcessByNumber } from './process-by-number.ts'

/** What an orderly program needs to save its work; then KILL. */
export const termGraceMs = 3000
/** A killed process is gone as soon as its system calls return; one in uninterruptible sleep may never be. */
const killGraceMs = 2000
const pollEveryMs = 25

export interface TerminatorOptions {
  readonly delay: (ms: number) => Promise<void>
  /** Whether a pid belongs to Sockscope itself. */
  readonly isOwn: (pid: number) => boolean
}

type Held = ProcessHandle | ProcessByNumber

export class LinuxProcessTerminator implements ProcessTerminator {
  readonly #options: TerminatorOptions

  constructor(options: TerminatorOptions) {
    this.#options = options
  }

  async end(target: ProcessIdentity, order: EndProcessOrder): Promise<ActionOutcome> {
    const name = String(target.pid)
    const protection = protectionOf(target.pid, this.#options.isOwn)
    if (protection !== undefined && !order.confirmProtected)
      return { target: name, status: 'protected', reason: protection, remedy: 'confirm-protected' }
    const handle = hold(target)
    if ('errno' in handle) {
      if (handle.errno === ESRCH) return { target: name, status: 'gone' }
      return { target: name, status: 'failed', reason: 'system-error', systemError: errnoName(handle.errno) }
    }
    try {
      return await this.#endThrough(handle, target, order)
    } finally {
      handle.close()
    }
  }

  async #endThrough(handle: Held, { pid, startToken }: ProcessIdentity, { signal }: EndProcessOrder): Promise<ActionOutcome> {
    const target = String(pid)
    const stat = parseProcessStat(readProcText(`${pid}/stat`) ?? '')
    if (stat === undefined || stat.zombie) return { target, status: 'gone' }
    if (stat.startTicks !== startToken) return { target, status: 'replaced' }
    if (handle.hasEnded()) return { target, status: 'gone' }
    const steps: readonly SignalName[] = signal === undefined ? ['TERM', 'KILL'] : [signal]
    let last: SignalName = 'TERM'
    for (const step of steps) {
      last = step
      const error = handle.signal(step)
      if (error === ESRCH) return { target, status: 'gone' }
      if (error === EPERM) return { target, status: 'not-permitted', remedy: 'run-as-root', systemError: 'EPERM' }
      if (error !== 0) return { target, status: 'failed', reason: 'system-error', systemError: errnoName(error) }
      if (await this.#waitForEnd(handle, step === 'TERM' ? termGraceMs : killGraceMs)) return { target, status: 'done', means: step }
    }
    return last === 'TERM'
      ? { target, status: 'still-there', means: last, remedy: 'use-kill' }
      : { target, status: 'still-there', means: last }
  }

  async #waitForEnd(handle: Held, graceMs: number): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < graceMs; waitedMs += pollEveryMs) {
      if (handle.hasEnded()) return true
      await this.#options.delay(pollEveryMs)
    }
    return handle.hasEnded()
  }
}

/** pidfd_open(2) itself refuses nobody: EPERM is a sandbox's filter. */
function hold({ pid, startToken }: ProcessIdentity): Held | { readonly errno: number } {
  const handle = ProcessHandle.open(pid)
  if (handle instanceof ProcessHandle) return handle
  return handle.errno === ENOSYS || handle.errno === EPERM ? new ProcessByNumber(pid, startToken) : handle
}
