/** One rule over the rows: what each change set brings that the person wants to hear of. Pure; times are of a clock that never runs back. */
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import type { WatchRule } from '../../../src-shared/model/watch-rule.ts'
import { hasRemote, remoteAddressText } from '../../../src-shared/model/connection.ts'
import type { RowPredicate } from '../../../src-shared/query/index.ts'
import { grown } from '../grown.ts'

export interface RuleNews {
  /** Within the cool-down: only to be counted. */
  readonly muted: boolean
  /** Rows or addresses that are new; for counts the number that was passed. */
  readonly total: number
  /** The first of the rows. */
  readonly slots: readonly number[]
}

/** A log line shows no more. */
const maximumSlots = 5
/** Remote addresses that a rule remembers; the oldest go first. A scan must not fill the memory. */
const maximumKnownRemotes = 20_000

export class RuleWatch {
  rule: WatchRule
  readonly #predicate: RowPredicate
  /** By slot: 1 while the row matches. */
  #matches = new Uint8Array(0)
  #count = 0
  #passed = false
  #coolUntilMs = Number.NEGATIVE_INFINITY
  readonly #remotes = new Set<string>()

  constructor(rule: WatchRule, predicate: RowPredicate) {
    this.rule = rule
    this.#predicate = predicate
  }

  /** Goes on under another name, cool-down or sound. */
  renamed(rule: WatchRule): this {
    this.rule = rule
    return this
  }

  /** Takes what is there as known: after a start or another session nothing is new. */
  begin(mirror: RowMirror): void {
    this.#matches = new Uint8Array(mirror.columns.rowId.length)
    this.#count = 0
    this.#meet(mirror, mirror.liveSlots())
    this.#passed = this.#isBeyond()
  }

  take(mirror: RowMirror, touched: Iterable<number>, removed: readonly number[], nowMs: number): RuleNews | undefined {
    for (const slot of removed) {
      if (this.#matches[slot] !== 1) continue
      this.#matches[slot] = 0
      this.#count -= 1
    }
    const fresh = this.#meet(mirror, touched)
    const cooling = nowMs < this.#coolUntilMs
    if (this.rule.kind === 'above' || this.rule.kind === 'below') return this.#takeCount(cooling, nowMs)
    if (fresh.length === 0) return undefined
    if (!cooling) this.#coolUntilMs = nowMs + this.rule.coolDownMs
    return { muted: cooling, total: fresh.length, slots: fresh.slice(0, maximumSlots) }
  }

  /** A count that is still passed when the cool-down ends is told then. */
  #takeCount(cooling: boolean, nowMs: number): RuleNews | undefined {
    const beyond = this.#isBeyond()
    if (!beyond || this.#passed || cooling) {
      this.#passed &&= beyond
      return undefined
    }
    this.#passed = true
    this.#coolUntilMs = nowMs + this.rule.coolDownMs
    return { muted: false, total: this.#count, slots: [] }
  }

  #isBeyond(): boolean {
    const { kind, count } = this.rule
    return kind === 'above' ? this.#count > count : kind === 'below' && this.#count < count
  }

  /** Asks the rows; returns those that are new in the sense of the rule. */
  #meet(mirror: RowMirror, slots: Iterable<number>): number[] {
    this.#matches = grown(this.#matches, mirror.columns.rowId.length)
    const byRemote = this.rule.kind === 'remote'
    const fresh: number[] = []
    for (const slot of slots) {
      const before = this.#matches[slot] as number
      const now = this.#predicate(mirror, slot) ? 1 : 0
      this.#matches[slot] = now
      this.#count += now - before
      if (now === 1 && (byRemote ? this.#isNewRemote(mirror, slot) : before === 0)) fresh.push(slot)
    }
    return fresh
  }

  #isNewRemote(mirror: RowMirror, slot: number): boolean {
    if (!hasRemote(mirror, slot)) return false
    const address = remoteAddressText(mirror, slot)
    if (this.#remotes.has(address)) return false
    const [oldest] = this.#remotes
    if (this.#remotes.size >= maximumKnownRemotes && oldest !== undefined) this.#remotes.delete(oldest)
    this.#remotes.add(address)
    return true
  }
}
