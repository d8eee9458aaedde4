/** Which rows are selected and which one the details show, by identity: slots and row numbers may stand for other rows later. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export const useSelection = defineStore('selection', () => {
  const identities = shallowRef<readonly string[]>([])
  const detailsOpen = shallowRef(false)
  /** An object of its own for every request: the same row may be asked for twice. */
  const revealed = shallowRef<{ readonly identity: string }>()
  let openedFor: string | undefined
  return {
    identities: computed(() => identities.value),
    detailsOpen: computed(() => detailsOpen.value),
    /** The row whose details are shown: the one selected last. */
    detailed: computed(() => identities.value.at(-1)),
    /** The row that the table was asked to select and to bring into sight. */
    revealed: computed(() => revealed.value),
    reveal(identity: string): void {
      revealed.value = { identity }
    },
    select(next: readonly string[]): void {
      identities.value = next
    },
    /** Opens the details of a row; closes them when they were opened for this very row. */
    toggleDetails(identity: string): void {
      detailsOpen.value = !detailsOpen.value || openedFor !== identity
      openedFor = identity
    },
    openDetails(identity: string): void {
      detailsOpen.value = true
      openedFor = identity
    },
    closeDetails(): void {
      detailsOpen.value = false
    },
  }
})
