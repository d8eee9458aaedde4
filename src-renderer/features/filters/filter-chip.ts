import type { SearchText } from '../../stores/search-text.ts'

/** One thing that keeps rows from sight, and the way to take it off. */
export interface FilterChip {
  readonly key: string
  readonly text: string
  /** Written in the query language. */
  readonly isTerm: boolean
  readonly remove: () => void
}

/** The terms of a search that is in force. */
export function termChips(search: Pick<SearchText, 'terms' | 'removeTerm'>): FilterChip[] {
  return search.terms.map((text, index) => ({ key: `term-${index}`, text, isTerm: true, remove: () => search.removeTerm(index) }))
}
