/** A rule's query as a question to rows, or why it cannot be one. */
import type { Protocol } from '../../../src-shared/model/columns.ts'
import { hasRemote } from '../../../src-shared/model/connection.ts'
import type { KnownNames } from '../../../src-shared/model/known-names.ts'
import { maximumWatchQueryLength, type WatchRule } from '../../../src-shared/model/watch-rule.ts'
import {
  compileQuery,
  namesUsed,
  parseQuery,
  queryText,
  withoutNames,
  type NameKey,
  type Query,
  type QueryContext,
  type QueryError,
  type RowPredicate,
} from '../../../src-shared/query/index.ts'
import { isTimeDependent } from '../time-dependent.ts'

export interface RuleContext {
  /** Unix milliseconds. */
  readonly now: () => number
  /** Whose rows `is:mine` means; absent until the host has told. */
  readonly userName?: string | undefined
  /** Name of a port, for bare words; another function when the names are others. */
  readonly serviceName?: ((port: number, protocol: Protocol) => string | undefined) | undefined
  /** What is known of addresses, and which keys about them are switched on. Absent: none. */
  readonly names?: RuleNames | undefined
}

export interface RuleNames {
  readonly known: KnownNames
  readonly available: ReadonlySet<NameKey>
}

/** time-dependent: rows would come to match without being touched (age:, is:new), and only touched rows are asked. names-off: nobody looks up what the key is about. */
export type RuleProblem =
  | { readonly kind: 'query'; readonly error: QueryError }
  | { readonly kind: 'time-dependent' }
  | { readonly kind: 'names-off'; readonly key: NameKey }
  | { readonly kind: 'too-long' }

export interface RuleQuestion {
  readonly predicate: RowPredicate
  /** True while a name decides that is still to come; asking makes it wanted. Absent where no name decides. */
  readonly undecided?: RowPredicate
}

export type CompiledRule = { readonly ok: true; readonly question: RuleQuestion } | { readonly ok: false; readonly problem: RuleProblem }

const listeningOnly: Query = { kind: 'set', values: ['listening'] }

/** The words that show the rows of a rule in the table, as far as the rule is right. */
export function ruleText({ query: text, kind }: Pick<WatchRule, 'query' | 'kind'>): string {
  const parsed = kind === 'listener' ? parseQuery(text) : undefined
  return parsed?.ok === true ? queryText(rowsOf(parsed.query, kind)) : text
}

function rowsOf(query: Query, kind: WatchRule['kind']): Query {
  if (kind !== 'listener' || asksForListeners(query)) return query
  return query.kind === 'everything' ? listeningOnly : { kind: 'and', terms: [listeningOnly, query] }
}

export function compileRule({ query: text, kind }: Pick<WatchRule, 'query' | 'kind'>, context: RuleContext): CompiledRule {
  if (text.length > maximumWatchQueryLength) return { ok: false, problem: { kind: 'too-long' } }
  const parsed = parseQuery(text)
  if (!parsed.ok) return { ok: false, problem: { kind: 'query', error: parsed.error } }
  const query = rowsOf(parsed.query, kind)
  if (isTimeDependent(query)) return { ok: false, problem: { kind: 'time-dependent' } }
  const names = namesUsed(query)
  const off = [...names].find((key) => context.names?.available.has(key) !== true)
  if (off !== undefined) return { ok: false, problem: { kind: 'names-off', key: off } }
  const { now, userName, serviceName } = context
  const asked = { now, ...(userName === undefined ? {} : { mine: { userName } }), ...(serviceName === undefined ? {} : { serviceName }) }
  const predicate = compileQuery(query, asked)
  return { ok: true, question: names.size === 0 ? { predicate } : { predicate, undecided: undecidedBy(query, names, asked) } }
}

function asksForListeners(query: Query): boolean {
  if (query.kind === 'and') return query.terms.some(asksForListeners)
  return query.kind === 'set' && query.values.every((value) => value === 'listening')
}

/** Only addresses whose name decides are ever asked about. */
function undecidedBy(query: Query, names: ReadonlySet<NameKey>, context: QueryContext): RowPredicate {
  const host = names.has('host')
  const possible = compileQuery(withoutNames(query, 'all'), context)
  const certain = compileQuery(withoutNames(query, 'none'), context)
  return (mirror, slot) => {
    if (!hasRemote(mirror, slot) || mirror.names.isSettled(mirror.columns, slot, { host })) return false
    if (!possible(mirror, slot) || certain(mirror, slot)) return false
    mirror.names.readRemote(mirror.columns, slot)
    return true
  }
}
