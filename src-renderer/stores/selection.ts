/** Which rows are selected and which one the details show, by identity: slots and row numbers may stand for other rows later. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export const useSelection = defineStore('selection', () => {
  const identities = shallowRef<readonly string[]>([])
  const detailed = shallowRef<string>()
  const detailsOpen = shallowRef(false)
  /** An object of its own for every request: the same row may be asked for twice. */
  const revealed = shallowRef<{ readonly identity: string }>()
  return {
    identities: computed(() => identities.value),
    detailsOpen: computed(() => detailsOpen.value),
    /** The row whose details are shown: the one selected last or asked for since. */
    detailed: computed(() => detailed.value),
    /** The row that the table was asked to select and to bring into sight. */
    revealed: computed(() => revealed.value),
    reveal(identity: string): void {
      revealed.value = { identity }
    },
    /** A person selected these rows. */
    select(next: readonly string[]): void {
      identities.value = next
      detailed.value = next.at(-1)
    },
    /** These are left of the selected rows; the details stay with theirs for as long as it is selected. */
    keep(left: readonly string[]): void {
      const shown = detailed.value
      const isLost = shown !== undefined && identities.value.lastIndexOf(shown) !== -1 && left.lastIndexOf(shown) === -1
      identities.value = left
      if (isLost || shown === undefined) detailed.value = left.at(-1)
    },
    clear(): void {
      identities.value = []
      detailed.value = undefined
    },
    /** Shows the details of a row, be it selected or not; closes them when they show this very row. */
    toggleDetails(identity: string): void {
      detailsOpen.value = !detailsOpen.value || detailed.value !== identity
      detailed.value = identity
    },
    openDetails(identity: string): void {
      detailsOpen.value = true
      detailed.value = identity
    },
    closeDetails(): void {
      detailsOpen.value = false
    },
  }
})
