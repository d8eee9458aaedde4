/** Which of the dialogs that belong to no row is open: one at a time. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export type OpenDialog =
  | { readonly id: 'palette' | 'shortcuts' | 'about' }
  | { readonly id: 'settings'; readonly part?: 'thresholds' | undefined }
  /** With a query: a new rule that asks for it. */
  | { readonly id: 'watch'; readonly section: 'rules' | 'log'; readonly query?: string | undefined }

export const useDialogs = defineStore('dialogs', () => {
  const open = shallowRef<OpenDialog>()
  const tourAgain = shallowRef(false)
  return {
    open: computed(() => open.value),
    /** The hints of the first run were asked for again. */
    tourAgain: computed(() => tourAgain.value),
    show(dialog: OpenDialog): void {
      open.value = dialog
    },
    close(): void {
      open.value = undefined
    },
    setTourAgain(again: boolean): void {
      tourAgain.value = again
    },
  }
})
