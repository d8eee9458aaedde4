/** The last minutes of each process, kept while the interface is open, whatever page is shown. */
import { defineStore } from 'pinia'
import { markRaw, shallowRef } from 'vue'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { ProcessHistory } from '../view/grouping/process-history.ts'

export const useProcessHistory = defineStore('process-history', () => {
  const history = markRaw(new ProcessHistory())
  const version = shallowRef(0)
  return {
    history,
    /** Raised with every sample. */
    version,
    follow(mirror: RowMirror): void {
      if (history.follow(mirror)) version.value += 1
    },
  }
})
