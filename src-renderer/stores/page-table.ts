/** What commands can do with the table of the page on display; the table of connections has its own. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ExportFormat } from '../view/export/cell-writer.ts'

export interface PageTable {
  /** Sockets on display, and all that could be. */
  readonly counts: () => { readonly shown: number; readonly all: number }
  readonly copyAll: () => void
  readonly save: (format: ExportFormat) => unknown
  readonly isFiltered: () => boolean
  /** Takes the search of the page off. */
  readonly clear: () => void
}

export const usePageTable = defineStore('page-table', () => {
  const current = shallowRef<PageTable>()
  return {
    /** Undefined on pages without one. */
    current: computed(() => current.value),
    /** Until the returned function is called. */
    offer(table: PageTable): () => void {
      current.value = table
      return () => {
        if (current.value === table) current.value = undefined
      }
    },
  }
})
