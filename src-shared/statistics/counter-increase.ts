/** Counters of the protocols and interfaces: they only grow, wrap at 32 bits where the system keeps them so, or start anew. */
const two32 = 2 ** 32

/** How much a counter grew. Undefined when it was set back (an interface came anew, the counters were cleared). */
export function counterIncrease(before: number, after: number): number | undefined {
  if (after >= before) return after - before
  const wrapped = after + two32 - before
  // A counter that wraps within one sample has moved by little; one that was set back seems to have moved by nearly all of it.
  return before < two32 && wrapped < two32 / 2 ? wrapped : undefined
}

/** Per second; undefined where nothing can be told. */
export function counterRate(before: number | undefined, after: number | undefined, spanMs: number): number | undefined {
  if (before === undefined || after === undefined || spanMs <= 0) return undefined
  const increase = counterIncrease(before, after)
  return increase === undefined ? undefined : (increase * 1000) / spanMs
}
