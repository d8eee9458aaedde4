/** A counter of the whole system that should not rise, and what of this machine it is taken to be about. */
import { CounterRise } from './counter-rise.ts'
import type { Candidate } from './rule.ts'

/** Rising within this is rising now. */
const raiseWithinMs = 10_000
/** Bursts are seconds apart: a finding outlasts the pauses between them. One that comes back within a minute is the same again. */
const keepWithinMs = 12_000

/** Key of the machine itself, where nothing smaller is to blame. */
export const machineKey = 'machine'

export class CounterAlarm {
  readonly rise = new CounterRise()
  readonly #least: number
  #subject: string | undefined

  /** `least` is the rise within ten seconds that raises; a finding that is there is kept by any. */
  constructor(least: number) {
    this.#least = least
  }

  /** `value` is undefined when the counter was not read in this look. */
  observe(value: number | undefined, now: number): void {
    this.rise.observe(value, now)
    if (this.level === undefined) this.#subject = undefined
  }

  /** What the rise stands for in this look. */
  get level(): Candidate['level'] | undefined {
    if (this.rise.within(raiseWithinMs) >= this.#least) return 'raise'
    return this.rise.within(keepWithinMs) > 0 ? 'keep' : undefined
  }

  /**
   * Key of what the alarm is about: as before while that is still among `keys`, else `fullest`, else the machine. Without this it would
   * name another listener in every look.
   */
  subject(keys: ReadonlySet<string>, fullest: string | undefined): string | undefined {
    if (this.level === undefined) return undefined
    if (this.#subject === undefined || !keys.has(this.#subject)) this.#subject = fullest ?? machineKey
    return this.#subject
  }
}

/** The graver of two. */
export function graverLevel(left: Candidate['level'] | undefined, right: Candidate['level'] | undefined): Candidate['level'] | undefined {
  return left === 'raise' || right === 'raise' ? 'raise' : (left ?? right)
}
