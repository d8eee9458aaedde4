/**
 * All rules over rows of their own: the table may be frozen or held while rules go on. It takes change sets as the table does and
 * keeps no row longer than the engine has it. Pure: no clock, no timer, nothing reactive.
 */
import type { ChangeSet, ChangeSetHeader } from '../../../src-shared/model/change-set.ts'
import { RowMirror, type ApplyOutcome } from '../../../src-shared/model/row-mirror.ts'
import type { WatchRule } from '../../../src-shared/model/watch-rule.ts'
import { compileRule, type RuleContext } from './compile-rule.ts'
import { RuleWatch, type RuleNews } from './rule-watch.ts'
import { watchedRow, type WatchedRow } from './watched-row.ts'

export interface Alarm {
  readonly rule: WatchRule
  readonly muted: boolean
  readonly total: number
  readonly rows: readonly WatchedRow[]
}

/** A removed row whose name decides is kept for so long; a resolver that takes longer does not answer. */
const nameComesWithinMs = 10_000

export class RowWatch {
  readonly mirror = new RowMirror()
  #watches: RuleWatch[] = []
  #context: RuleContext | undefined
  /** Slots of removed rows whose names are to come, with the end of the wait. */
  readonly #kept = new Map<number, number>()
  /** References of processes told in this session: one that is told again may have another name. */
  readonly #told = new Set<number>()

  /** Rules that are off or cannot be asked are left out. One that asks the same as before goes on with what it knows. */
  setRules(rules: readonly WatchRule[], context: RuleContext): void {
    const before = new Map(sameWords(context, this.#context) ? this.#watches.map((watch) => [questionOf(watch.rule), watch]) : [])
    this.#context = context
    if (context.names !== undefined) this.mirror.names = context.names.known
    this.#watches = rules.flatMap((rule) => {
      if (!rule.enabled) return []
      const known = before.get(questionOf(rule))
      if (known !== undefined) return [known.renamed(rule)]
      const compiled = compileRule(rule, context)
      if (!compiled.ok) return []
      const watch = new RuleWatch(rule, compiled.question)
      watch.begin(this.mirror)
      return [watch]
    })
  }

  get ruleCount(): number {
    return this.#watches.length
  }

  /** `nowMs` of a clock that does not run backwards. What the set brings is handed to `tell`. */
  apply(set: ChangeSet, nowMs: number, tell: (alarm: Alarm) => void): ApplyOutcome {
    const outcome = this.mirror.apply(set)
    if (!outcome.ok) return outcome
    const { reset, added, changed, removed } = outcome.slots
    if (reset) {
      this.#told.clear()
      this.#kept.clear()
      for (const watch of this.#watches) watch.begin(this.mirror)
    } else {
      const touched = [...added, ...changed, ...this.#rowsToldAgain(set.header)]
      for (const watch of this.#watches) {
        const news = watch.take(this.mirror, touched, removed, nowMs)
        if (news !== undefined) tell(this.#alarm(watch.rule, news))
      }
      for (const slot of removed) this.#kept.set(slot, nowMs + nameComesWithinMs)
      this.#releaseDecided(nowMs)
    }
    for (const { ref } of set.header.processes) this.#told.add(ref)
    for (const reference of set.header.forgottenProcesses) this.#told.delete(reference)
    return outcome
  }

  #releaseDecided(nowMs: number): void {
    for (const [slot, untilMs] of this.#kept) {
      if (nowMs < untilMs && this.#watches.some((watch) => watch.needs(slot))) continue
      for (const watch of this.#watches) watch.giveUp(slot)
      this.#kept.delete(slot)
      this.mirror.release(slot)
    }
  }

  #alarm(rule: WatchRule, { muted, total, slots }: RuleNews): Alarm {
    return { rule, muted, total, rows: slots.map((slot) => watchedRow(this.mirror, slot)) }
  }

  /** A process told for the first time comes with rows that are touched anyway. */
  #rowsToldAgain({ processes }: ChangeSetHeader): number[] {
    const again = new Set(processes.filter(({ ref }) => this.#told.has(ref)).map(({ ref }) => ref))
    if (again.size === 0) return []
    return [...this.mirror.liveSlots()].filter((slot) => this.mirror.ownersOf(slot).some((reference) => again.has(reference)))
  }
}

/** Queries mean the same in both. */
function sameWords(left: RuleContext, right: RuleContext | undefined): boolean {
  if (left.userName !== right?.userName || left.serviceName !== right?.serviceName) return false
  const [now, before] = [left.names?.available, right?.names?.available].map((keys) => [...(keys ?? [])].join(' '))
  return now === before && left.names?.known === right?.names?.known
}

/** What makes a rule another one; its name, cool-down and sound do not. */
function questionOf({ id, query, kind, count }: WatchRule): string {
  return JSON.stringify([id, query, kind, count])
}
