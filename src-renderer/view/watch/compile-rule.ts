/** A rule's query as a question to rows, or why it cannot be one. */
import type { Protocol } from '../../../src-shared/model/columns.ts'
import { maximumWatchQueryLength, type WatchRule } from '../../../src-shared/model/watch-rule.ts'
import { compileQuery, namesUsed, parseQuery, type Query, type QueryError, type RowPredicate } from '../../../src-shared/query/index.ts'
import { isTimeDependent } from '../time-dependent.ts'

export interface RuleContext {
  /** Unix milliseconds. */
  readonly now: () => number
  /** Whose rows `is:mine` means; absent until the host has told. */
  readonly userName?: string | undefined
  /** Name of a port, for bare words; another function when the names are others. */
  readonly serviceName?: ((port: number, protocol: Protocol) => string | undefined) | undefined
}

/** names: of addresses, which are learned long after their rows came, if at all. time-dependent: rows would come to match without being touched (age:, is:new), and only touched rows are asked. */
export type RuleProblem =
  | { readonly kind: 'query'; readonly error: QueryError }
  | { readonly kind: 'time-dependent' }
  | { readonly kind: 'names' }
  | { readonly kind: 'too-long' }

export type CompiledRule = { readonly ok: true; readonly predicate: RowPredicate } | { readonly ok: false; readonly problem: RuleProblem }

const listeningOnly: Query = { kind: 'set', values: ['listening'] }

export function compileRule(
  { query: text, kind }: Pick<WatchRule, 'query' | 'kind'>,
  { now, userName, serviceName }: RuleContext,
): CompiledRule {
  if (text.length > maximumWatchQueryLength) return { ok: false, problem: { kind: 'too-long' } }
  const parsed = parseQuery(text)
  if (!parsed.ok) return { ok: false, problem: { kind: 'query', error: parsed.error } }
  const { query } = parsed
  if (namesUsed(query).size > 0) return { ok: false, problem: { kind: 'names' } }
  if (isTimeDependent(query)) return { ok: false, problem: { kind: 'time-dependent' } }
  const context = { now, ...(userName === undefined ? {} : { mine: { userName } }), ...(serviceName === undefined ? {} : { serviceName }) }
  const asked = compileQuery(query, context)
  if (kind !== 'listener') return { ok: true, predicate: asked }
  const listens = compileQuery(listeningOnly, context)
  return { ok: true, predicate: (mirror, slot) => listens(mirror, slot) && asked(mirror, slot) }
}
