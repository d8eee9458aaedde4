/** What the user wants to see: the search, the switches and the states of the legend. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { noState, type KeptFilters } from '../../src-shared/model/kept-filters.ts'
import { stateAbsent, stateCode, stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { parseQuery } from '../../src-shared/query/parse-query.ts'
import { useHostAccess } from './host-access.ts'
import { createSearchText } from './search-text.ts'
import { allToggles, toggleNames, type ToggleName, type Toggles } from './toggles.ts'

export const useFilters = defineStore('filters', () => {
  const { clock } = useHostAccess()
  const search = createSearchText(clock)
  const toggles = shallowRef<Toggles>(allToggles)
  const states = shallowRef<ReadonlySet<number>>(new Set())

  return {
    ...search,
    toggles: computed(() => toggles.value),
    /** Codes of the states to show; empty for all. */
    states: computed(() => states.value),
    active: computed(
      () => search.query.value.kind !== 'everything' || states.value.size > 0 || Object.values(toggles.value).includes(false),
    ),
    /** As they are to be kept. */
    kept: computed((): KeptFilters => ({
      text: search.keptText.value,
      hidden: toggleNames.filter((name) => !toggles.value[name]),
      states: [...states.value].map((code) => stateOfCode(code) ?? noState),
    })),
    /** Puts everything as it was kept. A text that is wrong is left out and false comes back. */
    restore(kept: KeptFilters): boolean {
      const good = parseQuery(kept.text).ok
      search.setText(good ? kept.text : '')
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
      search.setText('')
      toggles.value = allToggles
      states.value = new Set()
    },
  }
})
