/**
 * Ends a process on Windows: open a handle, compare the creation time through it, terminate through it. The handle stays with the
 * process, so a reused pid can never be hit. There is no signal that asks: TerminateProcess is the only way, and it is KILL.
 */
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import { ERROR_ACCESS_DENIED, ERROR_INVALID_PARAMETER, windowsErrorName } from '../../native/windows/error-names.ts'
import type { ProcessCalls } from '../../native/windows/process-calls.ts'
import { protectionOf } from '../protection.ts'
import type { EndProcessOrder, ProcessTerminator } from '../process-terminator.ts'
import { isRefusal, refusalOutcome, type ElevatedActions } from './elevated-actions.ts'

const PROCESS_TERMINATE = 0x1
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
const SYNCHRONIZE = 0x100000
const WAIT_OBJECT_0 = 0
/** What a task manager gives. */
const exitCode = 1
/** The idle process and the kernel itself. */
const kernelPids = new Set([0, 4])
/** A terminated process is gone when its last input and output is cancelled; a driver may hold that up for ever. */
const endGraceMs = 2000
const pollEveryMs = 25

export interface WindowsTerminatorOptions {
  readonly api: ProcessCalls
  readonly delay: (ms: number) => Promise<void>
  /** Whether a pid belongs to Sockscope itself. */
  readonly isOwn: (pid: number) => boolean
  readonly elevated?: ElevatedActions | undefined
}

export class WindowsProcessTerminator implements ProcessTerminator {
  readonly #options: WindowsTerminatorOptions

  constructor(options: WindowsTerminatorOptions) {
    this.#options = options
  }

  async end(identity: ProcessIdentity, order: EndProcessOrder): Promise<ActionOutcome> {
    const target = String(identity.pid)
    if (kernelPids.has(identity.pid)) return { target, status: 'not-supported', reason: 'kernel-process' }
    const protection = protectionOf(identity.pid, this.#options.isOwn)
    if (protection !== undefined && !order.confirmProtected)
      return { target, status: 'protected', reason: protection, remedy: 'confirm-protected' }
    if (order.signal === 'TERM') return { target, status: 'not-supported', reason: 'platform-cannot', remedy: 'use-kill' }
    const outcome = await this.#endThroughHandle(identity)
    if (outcome.status !== 'not-permitted' || this.#options.elevated === undefined) return outcome
    const answer = await this.#options.elevated.endProcess(identity)
    return isRefusal(answer) ? refusalOutcome(target, answer) : answer
  }

  async #endThroughHandle(identity: ProcessIdentity): Promise<ActionOutcome> {
    const { api } = this.#options
    const handle = api.OpenProcess(PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, 0, identity.pid)
    if (handle === 0) return refusedOutcome(String(identity.pid), api.GetLastError())
    try {
      return await this.#endOpened(handle, identity)
    } finally {
      api.CloseHandle(handle)
    }
  }

  async #endOpened(handle: number, { pid, startToken }: ProcessIdentity): Promise<ActionOutcome> {
    const { api, delay } = this.#options
    const target = String(pid)
    const hasEnded = (): boolean => api.WaitForSingleObject(handle, 0) === WAIT_OBJECT_0
    const creation = Buffer.alloc(8)
    if (api.GetProcessTimes(handle, creation, Buffer.alloc(8), Buffer.alloc(8), Buffer.alloc(8)) === 0)
      return refusedOutcome(target, api.GetLastError())
    if (String(creation.readBigUInt64LE()) !== startToken) return { target, status: 'replaced' }
    if (hasEnded()) return { target, status: 'gone' }
    if (api.TerminateProcess(handle, exitCode) === 0) {
      const error = api.GetLastError()
      return hasEnded() ? { target, status: 'gone' } : refusedOutcome(target, error)
    }
    for (let waitedMs = 0; waitedMs < endGraceMs; waitedMs += pollEveryMs) {
      if (hasEnded()) return { target, status: 'done', means: 'KILL' }
      await delay(pollEveryMs)
    }
    return { target, status: hasEnded() ? 'done' : 'still-there', means: 'KILL' }
  }
}

function refusedOutcome(target: string, error: number): ActionOutcome {
  if (error === ERROR_INVALID_PARAMETER) return { target, status: 'gone' } // there is no process with this pid
  const systemError = windowsErrorName(error)
  if (error === ERROR_ACCESS_DENIED) return { target, status: 'not-permitted', remedy: 'run-as-administrator', systemError }
  return { target, status: 'failed', reason: 'system-error', systemError }
}
