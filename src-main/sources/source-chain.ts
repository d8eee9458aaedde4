/**
 * The ordered choice among sources: the first that works is used, one that fails repeatedly is left for the next, and the choice is
 * always visible as a problem.
 */
import type { Problem } from '../../src-shared/model/problem.ts'
import type { RowTable } from '../table/row-table.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from './source.ts'

/** A single failure may be a passing lack of memory; three in a row are not. */
const failuresBeforeFallback = 3

export class SourceChain {
  readonly #factories: readonly SourceFactory[]
  readonly #passedOver: Problem[] = []
  #next = 0
  #failures = 0
  #current: ConnectionSource | undefined

  constructor(factories: readonly SourceFactory[]) {
    this.#factories = factories
    this.#advance()
  }

  /** The source in use; undefined when none works. */
  get currentId(): string | undefined {
    return this.#current?.id
  }

  /** Which sources were passed over, and why. */
  get problems(): readonly Problem[] {
    return this.#passedOver
  }

  look(table: RowTable): LookOutcome {
    if (this.#current === undefined) {
      this.#retryFromTheStart()
      if (this.#current === undefined)
        return {
          ok: false,
          reason: this.#passedOver.map(({ parameters }) => `${parameters?.['source']}: ${parameters?.['reason']}`).join('; '),
        }
    }
    const outcome = this.#current.look(table)
    if (outcome.ok) {
      this.#failures = 0
      return outcome
    }
    this.#failures += 1
    if (this.#failures >= failuresBeforeFallback) this.#passOver(this.#current.id, outcome.reason)
    return outcome
  }

  close(): void {
    this.#current?.close()
    this.#current = undefined
  }

  #passOver(source: string, reason: string): void {
    this.#current?.close()
    this.#current = undefined
    this.#note(source, reason)
    this.#advance()
  }

  #advance(): void {
    this.#failures = 0
    while (this.#current === undefined && this.#next < this.#factories.length) {
      const factory = this.#factories[this.#next]
      this.#next += 1
      const opened = factory?.open()
      if (factory === undefined || opened === undefined) continue
      if ('unusable' in opened) this.#note(factory.id, opened.unusable)
      else this.#current = opened
    }
  }

  #retryFromTheStart(): void {
    this.#next = 0
    this.#passedOver.length = 0
    this.#advance()
  }

  #note(source: string, reason: string): void {
    this.#passedOver.push({ code: 'source-fallback', severity: 'warning', parameters: { source, reason } })
  }
}
