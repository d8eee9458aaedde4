/**
 * The loop: owns the only timer, looks at the operating system, attributes, and tells that it did. Looks never overlap. It keeps no
 * list of consumers: each asks for what changed since its own last sequence, so a slow one gets merged sets and nothing queues up.
 */
import type { EngineStatus } from '../../src-shared/contract/status.ts'
import type { ChangeSet } from '../../src-shared/model/change-set.ts'
import type { Problem } from '../../src-shared/model/problem.ts'
import type { OwnerResolver } from '../processes/owner-resolver.ts'
import type { SourceChain } from '../sources/source-chain.ts'
import { packChangeSet, type KnownState } from '../table/pack-change-set.ts'
import type { RowTable } from '../table/row-table.ts'

export interface EngineOptions {
  readonly table: RowTable
  readonly source: SourceChain
  readonly resolver: OwnerResolver
  readonly intervalMs: number
  /** Unix milliseconds. */
  readonly now: () => number
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number
  /** Starts a timer and returns what cancels it. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void
}

/** However slow looks are, the rest of the process gets this much time between two of them. */
const minimumPauseMs = 50

export class Engine {
  readonly table: RowTable
  readonly #options: EngineOptions
  readonly #listeners = new Set<(status: EngineStatus) => void>()
  #intervalMs: number
  #cancelTimer: (() => void) | undefined
  #running = false
  #tickMs = 0
  #problems: readonly Problem[] = []

  constructor(options: EngineOptions) {
    this.#options = options
    this.table = options.table
    this.#intervalMs = options.intervalMs
  }

  /** Looks at once, then on every interval. */
  start(): void {
    if (this.#running) return
    this.#running = true
    this.#run()
  }

  stop(): void {
    this.#running = false
    this.#cancelTimer?.()
    this.#options.source.close()
    this.#options.resolver.close()
  }

  setIntervalMs(intervalMs: number): void {
    if (this.#intervalMs === intervalMs) return
    this.#intervalMs = intervalMs
    if (this.#running) this.#schedule(intervalMs)
  }

  /** Looks now, whatever the timer says. */
  look(): EngineStatus {
    const { table, source, resolver, now, steadyNow } = this.#options
    const startedAt = steadyNow()
    table.begin(now(), startedAt)
    const outcome = source.look(table)
    if (outcome.ok) table.finish(outcome.unread)
    const problems: readonly Problem[] = outcome.ok
      ? outcome.problems
      : [{ code: 'source-failed', severity: 'error', parameters: { reason: outcome.reason } }]
    this.#problems = [...source.problems, ...problems, ...resolver.resolve(table)]
    this.#tickMs = steadyNow() - startedAt
    const { status } = this
    for (const listener of this.#listeners) listener(status)
    return status
  }

  changesSince(known: KnownState): ChangeSet {
    return packChangeSet(this.table, known)
  }

  get status(): EngineStatus {
    const { table, source } = this.#options
    const base = {
      session: table.session,
      sequence: table.sequence,
      takenAt: table.takenAt,
      intervalMs: this.#intervalMs,
      rows: table.count,
      tickMs: Math.round(this.#tickMs * 100) / 100,
      problems: this.#problems,
    }
    return source.currentId === undefined ? base : { ...base, source: source.currentId }
  }

  /** Called after every look. Returns its unsubscribe. */
  onLooked(listener: (status: EngineStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #run(): void {
    const startedAt = this.#options.steadyNow()
    this.look()
    const spentMs = this.#options.steadyNow() - startedAt
    if (this.#running) this.#schedule(Math.max(minimumPauseMs, this.#intervalMs - spentMs))
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer?.()
    this.#cancelTimer = this.#options.startTimer(() => this.#run(), delayMs)
  }
}
