/** Which saved view was opened last, and whether the dialog about views is open. The views themselves are settings. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export const useViews = defineStore('views', () => {
  const opened = shallowRef<string>()
  const dialogOpen = shallowRef(false)
  return {
    /** Name of the view on screen; it may have been changed since. */
    opened: computed(() => opened.value),
    dialogOpen: computed(() => dialogOpen.value),
    setOpened(name: string | undefined): void {
      opened.value = name
    },
    setDialogOpen(open: boolean): void {
      dialogOpen.value = open
    },
  }
})
