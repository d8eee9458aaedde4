/** A repeatable source of chance (mulberry32): a failing fuzz case can be run again from its seed. */
export interface SeededRandom {
  /** A whole number from 0 up to but without `limit`. */
  below: (limit: number) => number
  pick: <T>(from: readonly T[]) => T
  /** True with this probability, to a millionth. */
  chance: (probability: number) => boolean
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return { below, pick: (from) => from[below(from.length)]!, chance: (probability) => below(1_000_000) < probability * 1_000_000 }
}
