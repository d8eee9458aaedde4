/** A search as a person types it: its text, what is wrong with it, and the query in force meanwhile. */
import { computed, shallowRef, type ComputedRef } from 'vue'
import { parseQuery } from '../../src-shared/query/parse-query.ts'
import type { QueryError } from '../../src-shared/query/query-error.ts'
import type { Query } from '../../src-shared/query/query.ts'
import { termSpans, withoutTerm, withTerm } from '../../src-shared/query/term-spans.ts'
import { endsInUnfinishedWord } from '../view/unfinished-word.ts'
import type { HostAccess } from './host-access.ts'

/** Longer than the time between two keys of someone who types slowly; short for someone who waits for an answer. */
export const searchPauseMs = 600

/** What a search box needs of a search, as a store shows it. */
export interface SearchText {
  readonly text: string
  /** What is wrong with the text; the last good query stays in force meanwhile. */
  readonly error: QueryError | undefined
  readonly query: Query
  /** The terms in force, one by one, as they were typed. */
  readonly terms: readonly string[]
  /** As it is to be kept; while the text is wrong, the search in force. */
  readonly keptText: string
  setText(next: string): void
  /** A text that is still being typed: one that ends in the beginning of a key is searched for after a pause only. */
  typeText(next: string): void
  /** Searches for what was typed without waiting for the pause. */
  finishTyping(): void
  /** Narrows the search by a term. A text that is wrong gives way to the search in force. */
  addTerm(term: string): void
  /** Takes away the term at a place of `terms`. */
  removeTerm(index: number): void
}

/** The same before a store unwraps it. */
export type SearchTextRefs = {
  readonly [Name in keyof SearchText]: SearchText[Name] extends (...args: never) => unknown
    ? SearchText[Name]
    : ComputedRef<SearchText[Name]>
}

export function createSearchText(clock: HostAccess['clock']): SearchTextRefs {
  const text = shallowRef('')
  const error = shallowRef<QueryError>()
  /** The text of `query`. */
  const goodText = shallowRef('')
  const query = shallowRef<Query>({ kind: 'everything' })
  /** Set while a text waits for the end of its last word. */
  let cancelPause: (() => void) | undefined

  const setText = (next: string): void => {
    cancelPause?.()
    cancelPause = undefined
    text.value = next
    const result = parseQuery(next)
    error.value = result.ok ? undefined : result.error
    if (!result.ok) return
    query.value = result.query
    goodText.value = next
  }
  const finishTyping = (): void => {
    if (cancelPause !== undefined) setText(text.value)
  }
  const inForce = (): string => (error.value === undefined ? text.value : goodText.value)
  return {
    text: computed(() => text.value),
    error: computed(() => error.value),
    query: computed(() => query.value),
    terms: computed(() => termSpans(goodText.value).map(({ start, end }) => goodText.value.slice(start, end))),
    keptText: computed(() => inForce().trim()),
    setText,
    typeText(next) {
      if (!endsInUnfinishedWord(next)) return setText(next)
      cancelPause?.()
      text.value = next
      error.value = undefined
      cancelPause = clock.startTimer(finishTyping, searchPauseMs)
    },
    finishTyping,
    addTerm: (term) => setText(withTerm(inForce(), term)),
    removeTerm(index) {
      const span = termSpans(goodText.value)[index]
      if (span !== undefined) setText(withoutTerm(goodText.value, span))
    },
  }
}
