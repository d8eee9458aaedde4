/** Which entry of the reference is open, and where its reader came from. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { TcpState } from '../../src-shared/model/tcp-state.ts'
import type { PageId } from './navigation.ts'

export const referenceTopics = ['steps', 'spellings', 'wrong-advice', 'netstat'] as const
export type ReferenceTopic = (typeof referenceTopics)[number]
export type ReferenceEntry = TcpState | ReferenceTopic

export const useReference = defineStore('reference', () => {
  const entry = shallowRef<ReferenceEntry>('ESTABLISHED')
  const cameFrom = shallowRef<PageId>()
  return {
    entry: computed(() => entry.value),
    /** The page that a link to the reference was on; absent when its tab was used. */
    cameFrom: computed(() => cameFrom.value),
    choose(next: ReferenceEntry): void {
      entry.value = next
    },
    comeFrom(page: PageId): void {
      cameFrom.value = page
    },
    /** The reader is somewhere else: there is nothing to go back to. */
    left(): void {
      cameFrom.value = undefined
    },
  }
})
