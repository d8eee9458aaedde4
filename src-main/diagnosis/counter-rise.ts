/** How a counter of the system rises: such counters only grow, and say something only by how much they did lately. */
interface Rise {
  /** Unix milliseconds of the first reading that it holds. */
  readonly at: number
  value: number
}

/** Milliseconds that `lastMinute` looks back. */
const minuteMs = 60_000
/** Rises closer together are one: that bounds how many are kept, however often somebody looks. */
const togetherMs = 500
/** Looks are at most ten seconds apart (settings.ts). What rose over a longer gap did so nobody knows when. */
const longestGapMs = 15_000
/** Counters of 32 bits start again from 0 after this. */
const wrap = 2 ** 32

export class CounterRise {
  /** Rises, not values: each is what was added since the reading before. */
  #rises: Rise[] = []
  #last: { readonly at: number; readonly value: number } | undefined

  /** `value` is undefined when the counter was not read this time. After a jump of the clock or a gap the counting begins anew. */
  observe(value: number | undefined, now: number, jumped = false): void {
    if (jumped) {
      this.#rises = []
      this.#last = undefined
    }
    if (value === undefined) return
    const before = this.#last
    this.#last = { at: now, value }
    this.#rises = this.#rises.filter(({ at }) => at <= now && now - at < minuteMs)
    if (before === undefined || now < before.at || now - before.at > longestGapMs) return
    this.#add(now, riseOf(before.value, value))
  }

  /** Undefined while the counter was never read. */
  get lastMinute(): number | undefined {
    return this.#last === undefined ? undefined : this.within(minuteMs)
  }

  /** What was added in the last so many milliseconds, at most a minute, before the latest reading. */
  within(milliseconds: number): number {
    const from = (this.#last?.at ?? 0) - milliseconds
    return this.#rises.reduce((sum, { at, value }) => (at > from ? sum + value : sum), 0)
  }

  #add(now: number, value: number): void {
    const last = this.#rises.at(-1)
    if (value === 0) return
    if (last !== undefined && now - last.at < togetherMs) last.value += value
    else this.#rises.push({ at: now, value })
  }
}

/** A counter that falls went round, or it is another machine's: that is no rise. */
function riseOf(before: number, value: number): number {
  if (value >= before) return value - before
  const round = value + wrap - before
  return before < wrap && round < wrap / 2 ? round : 0
}
