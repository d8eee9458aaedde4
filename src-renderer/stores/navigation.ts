/** Which page is shown. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export const pageIds = ['connections', 'processes', 'listening', 'remotes', 'diagnosis', 'statistics', 'reference'] as const
export type PageId = (typeof pageIds)[number]

export const useNavigation = defineStore('navigation', () => {
  const page = shallowRef<PageId>('connections')
  return {
    page: computed(() => page.value),
    open(next: PageId): void {
      page.value = next
    },
  }
})
