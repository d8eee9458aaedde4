/** How a counter of the system rises: such counters only grow, and say something only by how much they did lately. */
import { withSample, type Sample } from './trend.ts'

/** Milliseconds that `lastMinute` looks back. */
const minuteMs = 60_000
/** Looks half a second apart make so many in a minute. */
const maximumSamples = 121
/** Counters of 32 bits start again from 0 after this. */
const wrap = 2 ** 32

export class CounterRise {
  /** Rises, not values: each is what was added since the sample before. */
  #rises: readonly Sample[] = []
  #last: number | undefined

  /** `value` is undefined when the counter was not read this time. */
  observe(value: number | undefined, now: number): void {
    if (value === undefined) return
    const rise = this.#last === undefined ? 0 : riseOf(this.#last, value)
    this.#last = value
    this.#rises = withSample(this.#rises, { at: now, value: rise }, maximumSamples).filter(({ at }) => now - at < minuteMs)
  }

  /** Undefined while the counter was never read. */
  get lastMinute(): number | undefined {
    return this.#last === undefined ? undefined : this.within(minuteMs)
  }

  /** What was added in the last so many milliseconds, at most a minute, before the latest reading. */
  within(milliseconds: number): number {
    const from = (this.#rises.at(-1)?.at ?? 0) - milliseconds
    return this.#rises.reduce((sum, { at, value }) => (at > from ? sum + value : sum), 0)
  }
}

/** A counter that falls went round, or it is another machine's: that is no rise. */
function riseOf(before: number, value: number): number {
  if (value >= before) return value - before
  const round = value + wrap - before
  return before < wrap && round < wrap / 2 ? round : 0
}
