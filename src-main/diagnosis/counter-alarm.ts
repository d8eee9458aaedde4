/** A counter of the whole system that should not rise, and what of this machine it is taken to be about. */
import { CounterRise } from './counter-rise.ts'
import type { ObservedTable } from './observed-table.ts'
import type { Candidate } from './rule.ts'

/** Rising within this is rising now. */
const raiseWithinMs = 10_000
/** Bursts are seconds apart: a finding outlasts the pauses between them. One that comes back within a minute is the same again. */
const keepWithinMs = 12_000

/** Key of the machine itself, where nothing smaller is to blame. */
export const machineKey = 'machine'

interface Suspect {
  readonly at: number
  readonly fill: number
}

export class CounterAlarm {
  readonly rise = new CounterRise()
  readonly #least: number
  #subject: string | undefined
  /** By key, what was itself near its limit while the counter is remembered, and how near at most. */
  #suspects = new Map<string, Suspect>()

  /** `least` is the rise within ten seconds that raises; a finding that is there is kept by any. */
  constructor(least: number) {
    this.#least = least
  }

  /** `value` is undefined when the counter was not read in this look. */
  observe(value: number | undefined, { now, jumped }: Pick<ObservedTable, 'now' | 'jumped'>): void {
    this.rise.observe(value, now, jumped)
    for (const [key, { at }] of this.#suspects) if (jumped || at > now || now - at > keepWithinMs) this.#suspects.delete(key)
    if (this.level === undefined) this.#subject = undefined
  }

  /** What the rise stands for in this look. */
  get level(): Candidate['level'] | undefined {
    if (this.rise.within(raiseWithinMs) >= this.#least) return 'raise'
    return this.rise.within(keepWithinMs) > 0 ? 'keep' : undefined
  }

  /** What `key` names was seen near its own limit in this look: the counter may be about it. `fill` is 1 at the limit. */
  suspect(key: string, fill: number, now: number): void {
    this.#suspects.set(key, { at: now, fill: Math.max(fill, this.#suspects.get(key)?.fill ?? 0) })
  }

  /**
   * Key of what the alarm is about: as before while that is still among `keys`, else the fullest suspect, else the machine, for the
   * counter is of all of it. Without this it would name another listener in every look.
   */
  subject(keys: ReadonlySet<string>): string | undefined {
    if (this.level === undefined) return undefined
    if (this.#subject === undefined || !keys.has(this.#subject)) {
      const suspects = [...this.#suspects].filter(([key]) => keys.has(key))
      this.#subject = suspects.toSorted(([, left], [, right]) => right.fill - left.fill)[0]?.[0] ?? machineKey
    }
    return this.#subject
  }
}

/** The graver of two. */
export function graverLevel(left: Candidate['level'] | undefined, right: Candidate['level'] | undefined): Candidate['level'] | undefined {
  return left === 'raise' || right === 'raise' ? 'raise' : (left ?? right)
}
