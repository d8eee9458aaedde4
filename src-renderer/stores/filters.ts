/** What the user wants to see: the search, the switches and the states of the legend. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { parseQuery } from '../../src-shared/query/parse-query.ts'
import type { QueryError } from '../../src-shared/query/query-error.ts'
import type { Query } from '../../src-shared/query/query.ts'
import { allToggles, type ToggleName, type Toggles } from './toggles.ts'

export const useFilters = defineStore('filters', () => {
  const text = shallowRef('')
  const error = shallowRef<QueryError>()
  const query = shallowRef<Query>({ kind: 'everything' })
  const toggles = shallowRef<Toggles>(allToggles)
  const states = shallowRef<ReadonlySet<number>>(new Set())

  const setText = (next: string): void => {
    text.value = next
    const result = parseQuery(next)
    error.value = result.ok ? undefined : result.error
    if (result.ok) query.value = result.query
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
    /** Narrows the search by a term. */
    addTerm(term: string): void {
      setText(text.value.trim() === '' ? term : `${text.value.trim()} ${term}`)
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
