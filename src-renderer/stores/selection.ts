/** Which rows are selected and which one the details show, by identity: slots and row numbers may stand for other rows later. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export const useSelection = defineStore('selection', () => {
  const identities = shallowRef<readonly string[]>([])
  const detailsOpen = shallowRef(false)
  return {
    identities: computed(() => identities.value),
    detailsOpen: computed(() => detailsOpen.value),
    /** The row whose details are shown: the first selected one. */
    detailed: computed(() => identities.value[0]),
    select(next: readonly string[]): void {
      identities.value = next
    },
    toggleDetails(): void {
      detailsOpen.value = !detailsOpen.value
    },
    closeDetails(): void {
      detailsOpen.value = false
    },
  }
})
