/** Search, switches and the evidence of a finding as one question to a row. */
import type { HostInfo } from '../../src-shared/contract/status.ts'
import { compileQuery } from '../../src-shared/query/compile-query.ts'
import type { Query } from '../../src-shared/query/query.ts'
import type { QueryContext } from '../../src-shared/query/row-test.ts'
import { identityPredicate } from '../view/identity-predicate.ts'
import type { RowPredicate, TableView } from '../view/table-view.ts'
import { isTimeDependent } from '../view/time-dependent.ts'
import { togglePredicate, type Toggles } from './toggles.ts'

export interface RowFilterInput {
  readonly query: Query
  readonly toggles: Toggles
  /** Identities of the only rows to show; undefined for all. */
  readonly evidence?: readonly string[] | undefined
  readonly host: Pick<HostInfo, 'userName'> | undefined
  readonly view: Pick<TableView, 'highlightOf'>
  readonly now: () => number
  /** Name of a port for bare words. */
  readonly serviceName?: QueryContext['serviceName']
}

export interface RowFilter {
  /** Undefined when every row is shown. */
  readonly predicate: RowPredicate | undefined
  /** The answer for a row may change although the row does not. */
  readonly timeDependent: boolean
}

export function rowFilter({ query, toggles, evidence, host, view, now, serviceName }: RowFilterInput): RowFilter {
  const userName = host?.userName
  const searched =
    query.kind === 'everything'
      ? undefined
      : compileQuery(query, {
          now,
          highlightOf: (slot) => view.highlightOf(slot),
          ...(userName === undefined ? {} : { mine: { userName } }),
          ...(serviceName === undefined ? {} : { serviceName }),
        })
  // Evidence first: it lets the fewest rows through.
  const only = evidence === undefined ? undefined : identityPredicate(evidence)
  const predicate = both(both(only, togglePredicate(toggles)), searched)
  return { predicate, timeDependent: isTimeDependent(query) }
}

function both(first: RowPredicate | undefined, second: RowPredicate | undefined): RowPredicate | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return (mirror, slot) => first(mirror, slot) && second(mirror, slot)
}
