/** Search and switches as one question to a row. */
import type { HostInfo } from '../../src-shared/contract/status.ts'
import { compileQuery } from '../../src-shared/query/compile-query.ts'
import type { Query } from '../../src-shared/query/query.ts'
import type { RowPredicate, TableView } from '../view/table-view.ts'
import { isTimeDependent } from '../view/time-dependent.ts'
import { togglePredicate, type Toggles } from './toggles.ts'

export interface RowFilterInput {
  readonly query: Query
  readonly toggles: Toggles
  readonly host: Pick<HostInfo, 'userName'> | undefined
  readonly view: Pick<TableView, 'highlightOf'>
  readonly now: () => number
}

export interface RowFilter {
  /** Undefined when every row is shown. */
  readonly predicate: RowPredicate | undefined
  /** The answer for a row may change although the row does not. */
  readonly timeDependent: boolean
}

export function rowFilter({ query, toggles, host, view, now }: RowFilterInput): RowFilter {
  const toggled = togglePredicate(toggles)
  if (query.kind === 'everything') return { predicate: toggled, timeDependent: false }
  const userName = host?.userName
  const searched = compileQuery(query, {
    now,
    highlightOf: (slot) => view.highlightOf(slot),
    ...(userName === undefined ? {} : { mine: { userName } }),
  })
  const predicate: RowPredicate = toggled === undefined ? searched : (mirror, slot) => toggled(mirror, slot) && searched(mirror, slot)
  return { predicate, timeDependent: isTimeDependent(query) }
}
