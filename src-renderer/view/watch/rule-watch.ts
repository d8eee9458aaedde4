/** One rule over the rows: what each change set brings that the person wants to hear of. Pure; times are of a clock that never runs back. */
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import type { WatchRule } from '../../../src-shared/model/watch-rule.ts'
import { hasRemote, remoteAddressText } from '../../../src-shared/model/connection.ts'
import { grown } from '../grown.ts'
import type { RuleQuestion } from './compile-rule.ts'
import { KnownRemotes } from './known-remotes.ts'

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
/** Rows that wait for a name, of one rule; as many as can be asked for at once. Others are asked again when they are touched. */
const maximumWaiting = 5000

/** What is known of the row in a slot. `old`: it was there at the start and no name has decided yet, so that it is no news when one does. */
const matching = { no: 0, yes: 1, old: 2 } as const

export class RuleWatch {
  rule: WatchRule
  readonly #question: RuleQuestion
  /** By slot, one of `matching`. */
  #matches = new Uint8Array(0)
  #count = 0
  #passed = false
  #coolUntilMs = Number.NEGATIVE_INFINITY
  readonly #remotes = new KnownRemotes()
  /** Slots of rows that wait for a name. gone: the row is removed already, and its slot is kept until the name is known. */
  readonly #waiting = new Map<number, 'here' | 'gone'>()

  constructor(rule: WatchRule, question: RuleQuestion) {
    this.rule = rule
    this.#question = question
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
    this.#waiting.clear()
    this.#remotes.leaveAll()
    this.#meet(mirror, mirror.liveSlots(), matching.old)
    this.#passed = this.#isBeyond()
  }

  take(mirror: RowMirror, touched: Iterable<number>, removed: readonly number[], nowMs: number): RuleNews | undefined {
    // A count that grows only because names of old rows become known passes nothing.
    const isSettling = [...this.#waiting.keys()].some((slot) => this.#matches[slot] === matching.old)
    for (const slot of removed) this.#remove(mirror, slot)
    const fresh = [...this.#meet(mirror, touched), ...this.#meetWaiting(mirror)]
    const cooling = nowMs < this.#coolUntilMs
    if (this.rule.kind === 'above' || this.rule.kind === 'below') return this.#takeCount(cooling, isSettling, nowMs)
    if (fresh.length === 0) return undefined
    if (!cooling) this.#coolUntilMs = nowMs + this.rule.coolDownMs
    return { muted: cooling, total: fresh.length, slots: fresh.slice(0, maximumSlots) }
  }

  /** Whether the slot of a removed row is still needed: its name is to come. */
  needs(slot: number): boolean {
    return this.#waiting.get(slot) === 'gone'
  }

  /** The name of a removed row did not come in time. */
  giveUp(slot: number): void {
    this.#waiting.delete(slot)
  }

  #remove(mirror: RowMirror, slot: number): void {
    const before = this.#matches[slot]
    this.#matches[slot] = matching.no
    if (before === matching.yes) {
      this.#count -= 1
      this.#leaveRemote(mirror, slot)
    }
    if (before === matching.no && this.#waiting.has(slot)) this.#waiting.set(slot, 'gone')
    else this.#waiting.delete(slot)
  }

  /** A count that is still passed when the cool-down ends is told then. */
  #takeCount(cooling: boolean, isSettling: boolean, nowMs: number): RuleNews | undefined {
    const beyond = this.#isBeyond()
    if (isSettling) this.#passed = beyond
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

  /** Asks the rows; returns those that are new in the sense of the rule. `undecidedAs`: what a row is while its name is to come. */
  #meet(mirror: RowMirror, slots: Iterable<number>, undecidedAs?: typeof matching.old): number[] {
    const { undecided } = this.#question
    this.#matches = grown(this.#matches, mirror.columns.rowId.length)
    const fresh: number[] = []
    for (const slot of slots) {
      if (undecided?.(mirror, slot) === true) {
        if (this.#waiting.size < maximumWaiting) this.#waiting.set(slot, 'here')
        if (undecidedAs !== undefined) this.#matches[slot] = undecidedAs
        continue // otherwise it stays what it was
      }
      if (undecided !== undefined) this.#waiting.delete(slot)
      if (this.#decide(mirror, slot)) fresh.push(slot)
    }
    return fresh
  }

  #meetWaiting(mirror: RowMirror): number[] {
    const fresh: number[] = []
    for (const [slot, place] of this.#waiting) {
      if (this.#question.undecided?.(mirror, slot) === true) continue
      this.#waiting.delete(slot)
      if (this.#decide(mirror, slot)) fresh.push(slot)
      if (place === 'gone') this.#remove(mirror, slot) // counted by the line above
    }
    return fresh
  }

  /** True when the row is news. */
  #decide(mirror: RowMirror, slot: number): boolean {
    const before = this.#matches[slot] as number
    const now = this.#question.predicate(mirror, slot) ? matching.yes : matching.no
    this.#matches[slot] = now
    if (now === before) return false
    this.#count += now - (before === matching.yes ? 1 : 0)
    if (now === matching.yes) return this.#isNewRemote(mirror, slot) && before === matching.no
    if (before === matching.yes) this.#leaveRemote(mirror, slot)
    return false
  }

  /** True for every row of rules that are not about addresses. To be asked once for a row that begins to match. */
  #isNewRemote(mirror: RowMirror, slot: number): boolean {
    if (this.rule.kind !== 'remote') return true
    return hasRemote(mirror, slot) && this.#remotes.meet(remoteAddressText(mirror, slot))
  }

  #leaveRemote(mirror: RowMirror, slot: number): void {
    if (this.rule.kind === 'remote' && hasRemote(mirror, slot)) this.#remotes.leave(remoteAddressText(mirror, slot))
  }
}
