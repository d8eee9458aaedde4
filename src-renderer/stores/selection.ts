/** Which rows are selected and which one the details show, by identity: slots and row numbers may stand for other rows later. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export const useSelection = defineStore('selection', () => {
  const identities = shallowRef<readonly string[]>([])
  const detailsOpen = shallowRef(false)
  let openedFor: string | undefined
  return {
    identities: computed(() => identities.value),
    detailsOpen: computed(() => detailsOpen.value),
    /** The row whose details are shown: the one selected last. */
    detailed: computed(() => identities.value.at(-1)),
    select(next: readonly string[]): void {
      identities.value = next
    },
    /** Opens the details of a row; closes them when they were opened for this very row. */
    toggleDetails(identity: string): void {
      detailsOpen.value = !detailsOpen.value || openedFor !== identity
      openedFor = identity
    },
    closeDetails(): void {
      detailsOpen.value = false
    },
  }
})
