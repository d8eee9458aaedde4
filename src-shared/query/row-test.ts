import type { Protocol } from '../model/columns.ts'
import type { RowMirror } from '../model/row-mirror.ts'

export type RowPredicate = (mirror: RowMirror, slot: number) => boolean

export type Highlight = 'none' | 'new' | 'changed' | 'closed'

/** What a query may need beyond the rows. Without `mine`, `highlightOf` or `serviceName` the terms about them match no row. */
export interface QueryContext {
  /** Unix milliseconds, the clock of the rows' times. */
  readonly now: () => number
  readonly mine?: { readonly userName: string }
  readonly highlightOf?: (slot: number) => Highlight
  readonly serviceName?: (port: number, protocol: Protocol) => string | undefined
}

/** `cost` orders the terms of an AND or OR, so that a port decides before a regular expression over address text runs. */
export interface CostedTest {
  readonly test: RowPredicate
  readonly cost: number
}

/** Steps of cost, roughly ten nanoseconds each. */
export const costs = { column: 1, owner: 4, word: 6, addressText: 20 } as const

export const never: CostedTest = { test: () => false, cost: 0 }
const always: CostedTest = { test: () => true, cost: 0 }

/** True when any of the tests is; the cheap ones are asked first. */
export function anyOf(tests: readonly CostedTest[]): CostedTest {
  return combine(tests, (first, rest) => (mirror, slot) => first(mirror, slot) || rest(mirror, slot)) ?? never
}

/** True when all tests are; the cheap ones are asked first. */
export function allOf(tests: readonly CostedTest[]): CostedTest {
  return combine(tests, (first, rest) => (mirror, slot) => first(mirror, slot) && rest(mirror, slot)) ?? always
}

export function negation({ test, cost }: CostedTest): CostedTest {
  return { test: (mirror, slot) => !test(mirror, slot), cost }
}

function combine(tests: readonly CostedTest[], join: (first: RowPredicate, rest: RowPredicate) => RowPredicate): CostedTest | undefined {
  const dearestFirst = tests.toSorted((a, b) => b.cost - a.cost)
  let result: CostedTest | undefined
  for (const next of dearestFirst)
    result = result === undefined ? next : { test: join(next.test, result.test), cost: next.cost + result.cost }
  return result
}
