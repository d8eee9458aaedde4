/** The traces of this engine: few at once, each with somebody who asks for it, and finished ones for a while. */
import type { TraceProblem, TraceStatus } from '../../src-shared/contract/trace.ts'
import { ConversationTrace, type TracePlan, type TraceSurroundings } from './conversation-trace.ts'

export interface TracesOptions {
  readonly capture: TraceSurroundings['capture']
  readonly newId: () => string
  readonly now: () => number
  readonly steadyNow: () => number
  /** Starts a timer and returns what cancels it. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void
}

/** A person compares two ends, perhaps two conversations; each costs the system a look at every packet. */
export const tracesAtOnce = 4
/** With the packets of the largest trace about 3 MB each. */
export const tracesKept = 8
/** Long enough to read it and to save its file after the dialog of saving was opened. */
const keptForMs = 15 * 60_000
/** An interface asks every second; a page in the background is slowed down to once a minute only after minutes. */
export const ownerGoneAfterMs = 20_000
const checkEveryMs = 5000
/** A tool that says nothing by then is waited for no longer; what it says later counts all the same. */
const startPatienceMs = 5000

interface Entry {
  readonly trace: ConversationTrace
  askedAt: number
}

export class Traces {
  readonly #options: TracesOptions
  readonly #entries = new Map<string, Entry>()
  #cancelCheck: (() => void) | undefined

  constructor(options: TracesOptions) {
    this.#options = options
  }

  /** Answers when the tool takes packets or has failed. */
  async start(plan: Omit<TracePlan, 'id'>): Promise<TraceStatus> {
    const { capture, newId, now, steadyNow, startTimer } = this.#options
    if (this.#running().length >= tracesAtOnce) return this.refuse('too-many-traces', plan)
    this.#forgetOld()
    const trace = new ConversationTrace({ ...plan, id: newId() }, { capture, now, onEnd: () => {} })
    const entry: Entry = { trace, askedAt: steadyNow() }
    this.#entries.set(trace.plan.id, entry)
    this.#check()
    const patience = Promise.withResolvers<void>()
    const cancel = startTimer(patience.resolve, startPatienceMs)
    await Promise.race([trace.ready, patience.promise])
    cancel()
    entry.askedAt = steadyNow()
    return trace.status
  }

  /** A trace that never was, with the reason. */
  refuse(
    problem: TraceProblem,
    known: Partial<Pick<TracePlan, 'local' | 'remote' | 'stateAtStart'>> & { readonly reason?: string } = {},
  ): TraceStatus {
    const at = this.#options.now()
    const { local, remote, stateAtStart, reason } = known
    return {
      trace: this.#options.newId(),
      state: 'failed',
      problem,
      startedAt: at,
      endsAt: at,
      packets: 0,
      limit: 0,
      ...(local !== undefined && { local }),
      ...(remote !== undefined && { remote }),
      ...(stateAtStart !== undefined && { stateAtStart }),
      ...(reason !== undefined && { reason }),
    }
  }

  /** Asking for a running trace is what keeps it running. */
  find(id: string): ConversationTrace | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined) return undefined
    entry.askedAt = this.#options.steadyNow()
    return entry.trace
  }

  /** Ends all of them: their owner goes. */
  close(): void {
    this.#cancelCheck?.()
    this.#cancelCheck = undefined
    for (const { trace } of this.#running()) trace.stop()
  }

  #running(): Entry[] {
    return [...this.#entries.values()].filter(({ trace }) => trace.isRunning)
  }

  #check(): void {
    this.#cancelCheck ??= this.#options.startTimer(() => {
      this.#cancelCheck = undefined
      const now = this.#options.steadyNow()
      for (const { trace, askedAt } of this.#running()) if (now - askedAt > ownerGoneAfterMs) trace.stop()
      this.#forgetOld()
      if (this.#entries.size > 0) this.#check()
    }, checkEveryMs)
  }

  /** The oldest first, and room for one more. */
  #forgetOld(): void {
    const now = this.#options.steadyNow()
    for (const [id, { trace, askedAt }] of this.#entries) {
      if (!trace.isRunning && (now - askedAt > keptForMs || this.#entries.size >= tracesKept)) this.#entries.delete(id)
    }
  }
}
