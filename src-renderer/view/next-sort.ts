/** What a press on a column's title makes of the order. */
import { mostSortLevels } from '../../src-shared/model/table-layout.ts'
import { sortTerms, type ColumnId, type SortOrder, type SortTerm } from './column-id.ts'
import { columnOf } from './columns.ts'

/**
 * A plain press sorts by this column alone, and turns the direction when it did already. With `add` the column is put behind the
 * others, then turned, and taken out by the third press.
 */
export function nextSort(order: SortOrder, column: ColumnId, add: boolean): SortOrder {
  const terms = sortTerms(order)
  const { firstDescending } = columnOf(column)
  const present = terms.find((term) => term.column === column)
  if (!add) {
    const alone = present !== undefined && (terms.length === 1 || terms[0] === present)
    return { column, descending: alone ? !present.descending : firstDescending }
  }
  if (present === undefined) return orderOf([...terms.slice(0, mostSortLevels - 1), { column, descending: firstDescending }], order)
  if (present.descending === firstDescending || terms.length === 1)
    return orderOf(
      terms.map((term) => (term === present ? { column, descending: !term.descending } : term)),
      order,
    )
  return orderOf(
    terms.filter((term) => term !== present),
    order,
  )
}

/** `otherwise` when there is nothing to sort by. */
export function orderOf([first, ...further]: readonly SortTerm[], otherwise: SortOrder): SortOrder {
  if (first === undefined) return otherwise
  return further.length === 0 ? first : { ...first, further }
}
