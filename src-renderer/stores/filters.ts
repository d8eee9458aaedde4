/** What the user wants to see: the search, the switches and the states of the legend. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { noState, type KeptFilters } from '../../src-shared/model/kept-filters.ts'
import { stateAbsent, stateCode, stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { termSpans, withoutTerm, withTerm } from '../../src-shared/query/term-spans.ts'
import { parseQuery } from '../../src-shared/query/parse-query.ts'
import type { QueryError } from '../../src-shared/query/query-error.ts'
import type { Query } from '../../src-shared/query/query.ts'
import { endsInUnfinishedWord } from '../view/unfinished-word.ts'
import { useHostAccess } from './host-access.ts'
import { allToggles, toggleNames, type ToggleName, type Toggles } from './toggles.ts'

/** Longer than the time between two keys of someone who types slowly; short for someone who waits for an answer. */
export const searchPauseMs = 600

export const useFilters = defineStore('filters', () => {
  const { clock } = useHostAccess()
  const text = shallowRef('')
  const error = shallowRef<QueryError>()
  /** The text of `query`. */
  const goodText = shallowRef('')
  const query = shallowRef<Query>({ kind: 'everything' })
  const toggles = shallowRef<Toggles>(allToggles)
  const states = shallowRef<ReadonlySet<number>>(new Set())

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
  return {
    text: computed(() => text.value),
    /** What is wrong with the text; the last good query stays in force meanwhile. */
    error: computed(() => error.value),
    query: computed(() => query.value),
    toggles: computed(() => toggles.value),
    /** Codes of the states to show; empty for all. */
    states: computed(() => states.value),
    active: computed(() => query.value.kind !== 'everything' || states.value.size > 0 || Object.values(toggles.value).includes(false)),
    setText,
    /** A text that is still being typed: one that ends in the beginning of a key is searched for after a pause only. */
    typeText(next: string): void {
      if (!endsInUnfinishedWord(next)) return setText(next)
      cancelPause?.()
      text.value = next
      error.value = undefined
      cancelPause = clock.startTimer(finishTyping, searchPauseMs)
    },
    /** Searches for what was typed without waiting for the pause. */
    finishTyping,
    /** The terms in force, one by one, as they were typed. */
    terms: computed(() => termSpans(goodText.value).map(({ start, end }) => goodText.value.slice(start, end))),
    /** Narrows the search by a term. A text that is wrong gives way to the search in force. */
    addTerm(term: string): void {
      setText(withTerm(error.value === undefined ? text.value : goodText.value, term))
    },
    /** Takes away the term at a place of `terms`. */
    removeTerm(index: number): void {
      const span = termSpans(goodText.value)[index]
      if (span !== undefined) setText(withoutTerm(goodText.value, span))
    },
    /** As it is to be kept; while the text is wrong, the search in force. */
    kept: computed((): KeptFilters => ({
      text: (error.value === undefined ? text.value : goodText.value).trim(),
      hidden: toggleNames.filter((name) => !toggles.value[name]),
      states: [...states.value].map((code) => stateOfCode(code) ?? noState),
    })),
    /** Puts everything as it was kept. A text that is wrong is left out and false comes back. */
    restore(kept: KeptFilters): boolean {
      const good = parseQuery(kept.text).ok
      setText(good ? kept.text : '')
      toggles.value = { ...allToggles, ...Object.fromEntries(kept.hidden.map((name) => [name, false])) }
      states.value = new Set(kept.states.map((state) => (state === noState ? stateAbsent : stateCode(state))))
      return good
    },
    toggle(name: ToggleName): void {
      toggles.value = { ...toggles.value, [name]: !toggles.value[name] }
    },
    /** Shows one state only, or all again when it was the only one; `add` puts it to the others or takes it from them. */
    pickState(code: number, add: boolean): void {
      const present = states.value.has(code)
      if (!add) states.value = present && states.value.size === 1 ? new Set() : new Set([code])
      else states.value = new Set(present ? [...states.value].filter((each) => each !== code) : [...states.value, code])
    },
    clearStates(): void {
      states.value = new Set()
    },
    clear(): void {
      setText('')
      toggles.value = allToggles
      states.value = new Set()
    },
  }
})
