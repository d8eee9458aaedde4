import type { Connection } from '../../src-shared/model/connection.ts'
import { listColumns, type ListColumnName } from './list-columns.ts'

export interface SortKey {
  readonly column: ListColumnName
  readonly descending: boolean
}

/** Ties are broken by these and at last by identity, so that the same connections always come in the same order. */
const usualOrder: readonly SortKey[] = [
  { column: 'process', descending: false },
  { column: 'pid', descending: false },
  { column: 'protocol', descending: false },
  { column: 'local-port', descending: false },
  { column: 'remote', descending: false },
  { column: 'id', descending: false },
]

/** A new array, by what comes first in `sort`. Unknown values come last in either direction. */
export function inOrder(connections: readonly Connection[], sort: readonly SortKey[]): Connection[] {
  const keys = [...sort, ...usualOrder]
  return connections.toSorted((first, second) => {
    for (const { column, descending } of keys) {
      const order = compare(listColumns[column].value(first), listColumns[column].value(second), descending)
      if (order !== 0) return order
    }
    return 0
  })
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(first: string | number | undefined, second: string | number | undefined, descending: boolean): number {
  if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined)
  const order = typeof first === 'number' && typeof second === 'number' ? first - second : collator.compare(String(first), String(second))
  return descending ? -order : order
}
