/**
 * Ends a process on macOS. There is no handle on a process, so its identity is read again right before each signal: the unique id
 * the kernel never gives twice, or the start time. For other users' processes macOS may ask for an administrator's password.
 */
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import { errnoText } from '../../native/macos/read-sysctl.ts'
import type { IdentifiedProcess, ProcessSighting } from '../../processes/macos/process-reader.ts'
import { protectionOf } from '../protection.ts'
import type { EndProcessOrder, ProcessTerminator } from '../process-terminator.ts'
import type { ElevatedKillAnswer, ElevatedKillOrder } from './elevated-kill.ts'

export interface MacTerminatorOptions {
  readonly delay: (ms: number) => Promise<void>
  /** Whether a pid belongs to Sockscope itself. */
  readonly isOwn: (pid: number) => boolean
  /** The process of this identity's pid now, read in the way that made the identity. */
  readonly findAgain: (target: ProcessIdentity) => ProcessSighting
  /** kill(2): 0, or the errno. */
  readonly signal: (pid: number, signal: number) => number
  readonly killElevated: (order: ElevatedKillOrder) => Promise<ElevatedKillAnswer>
}

type SignalName = 'TERM' | 'KILL'

const signalNumbers = { TERM: 15, KILL: 9 } as const
const EPERM = 1
const ESRCH = 3
/** What an orderly program needs to save its work; then KILL. */
const termGraceMs = 3000
/** A killed process is gone as soon as its system calls return. */
const killGraceMs = 2000
const pollEveryMs = 100

export class MacProcessTerminator implements ProcessTerminator {
  readonly #options: MacTerminatorOptions
  /** One password prompt at a time; whoever says no to one says no to those that wait behind it. */
  #lastPrompt: Promise<unknown> = Promise.resolve()
  #refusals = 0

  constructor(options: MacTerminatorOptions) {
    this.#options = options
  }

  async end(target: ProcessIdentity, order: EndProcessOrder): Promise<ActionOutcome> {
    const name = String(target.pid)
    const protection = protectionOf(target.pid, this.#options.isOwn)
    if (protection !== undefined && !order.confirmProtected)
      return { target: name, status: 'protected', reason: protection, remedy: 'confirm-protected' }
    const steps: readonly SignalName[] = order.signal === undefined ? ['TERM', 'KILL'] : [order.signal]
    for (const step of steps) {
      const now = this.#check(target)
      // Only the first step can find it gone by itself; later that is what was wanted.
      if ('status' in now) return now.status === 'gone' && step !== steps[0] ? { target: name, status: 'done', means: 'TERM' } : now
      const error = this.#options.signal(target.pid, signalNumbers[step])
      if (error === ESRCH) return { target: name, status: 'gone' }
      if (error === EPERM) return this.#endElevated(target, now, step, steps.length > 1)
      if (error !== 0) return { target: name, status: 'failed', reason: 'system-error', systemError: errnoText(error) }
      if (await this.#waitForEnd(target, step === 'TERM' ? termGraceMs : killGraceMs)) return { target: name, status: 'done', means: step }
    }
    return stillThere(name, steps.at(-1) ?? 'KILL')
  }

  /** The process, if it is the one that is meant. */
  #check(target: ProcessIdentity): IdentifiedProcess | ActionOutcome {
    const name = String(target.pid)
    const sighting = this.#options.findAgain(target)
    if (sighting.status === 'gone') return { target: name, status: 'gone' }
    if (sighting.status === 'unreadable')
      return { target: name, status: 'failed', reason: 'system-error', systemError: sighting.reason.slice(0, 100) }
    return sighting.process.startToken === target.startToken ? sighting.process : { target: name, status: 'replaced' }
  }

  async #endElevated(
    target: ProcessIdentity,
    { startedAtUnixMs }: IdentifiedProcess,
    step: SignalName,
    escalate: boolean,
  ): Promise<ActionOutcome> {
    const name = String(target.pid)
    const answer = await this.#afterOtherPrompts({
      pid: target.pid,
      startSeconds: Math.floor(startedAtUnixMs / 1000),
      signal: signalNumbers[step],
      graceSeconds: escalate ? termGraceMs / 1000 : 0,
    })
    if (answer.status === 'refused') return { target: name, status: 'not-permitted', reason: 'elevation-refused', systemError: 'EPERM' }
    if (answer.status === 'failed')
      return { target: name, status: 'not-permitted', reason: 'elevation-failed', remedy: 'run-as-root', systemError: 'EPERM' }
    if (answer.status === 'replaced') {
      const now = this.#check(target)
      return 'status' in now ? now : { target: name, status: 'replaced' }
    }
    const last: SignalName = answer.last === 'KILL' ? 'KILL' : step
    const ended = await this.#waitForEnd(target, last === 'TERM' ? termGraceMs : killGraceMs)
    return ended ? { target: name, status: 'done', means: last } : stillThere(name, last)
  }

  #afterOtherPrompts(order: ElevatedKillOrder): Promise<ElevatedKillAnswer> {
    const refusalsBefore = this.#refusals
    const prompt = this.#lastPrompt.then(async (): Promise<ElevatedKillAnswer> => {
      if (this.#refusals > refusalsBefore) return { status: 'refused' }
      const answer = await this.#options.killElevated(order)
      if (answer.status === 'refused') this.#refusals += 1
      return answer
    })
    this.#lastPrompt = prompt.catch(() => {}) // whoever asked for this prompt sees its failure; the next one only waits for its turn
    return prompt
  }

  async #waitForEnd(target: ProcessIdentity, graceMs: number): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < graceMs; waitedMs += pollEveryMs) {
      if (this.#hasEnded(target)) return true
      await this.#options.delay(pollEveryMs)
    }
    return this.#hasEnded(target)
  }

  #hasEnded(target: ProcessIdentity): boolean {
    const sighting = this.#options.findAgain(target)
    return sighting.status === 'gone' || (sighting.status === 'there' && sighting.process.startToken !== target.startToken)
  }
}

function stillThere(target: string, means: SignalName): ActionOutcome {
  return means === 'TERM' ? { target, status: 'still-there', means, remedy: 'use-kill' } : { target, status: 'still-there', means }
}
