/**
 * `now` with every part that says the same as in `before` taken from there: what comes from outside is a copy each time, and whoever
 * watches a part is to hear of it only when it changed. Plain data only: objects, arrays and what JSON has beside them.
 */
export function keepUnchanged<Data>(before: Data, now: Data): Data {
  if (Object.is(before, now) || !isObject(before) || !isObject(now) || Array.isArray(before) !== Array.isArray(now)) return now
  const kept = Object.entries(now).map(([name, value]) => [name, keepUnchanged<unknown>(before[name], value)] as const)
  const same = kept.length === Object.keys(before).length && kept.every(([name, value]) => name in before && before[name] === value)
  if (same) return before
  return (Array.isArray(now) ? kept.map(([, value]) => value) : Object.fromEntries(kept)) as Data
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
