/** Short messages that go away by themselves. Keys, not words: a message on screen follows a change of language. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { MessageKey } from '../i18n/en.ts'
import { useHostAccess } from './host-access.ts'

export interface Notice {
  readonly id: number
  readonly kind: 'info' | 'error'
  readonly key: MessageKey
  readonly parameters: Readonly<Record<string, string | number>>
}

/** Long enough to read a sentence. */
const shownMs = 5000
/** More at a time would cover the table. */
const maximumNotices = 3

export const useNotices = defineStore('notices', () => {
  const { clock } = useHostAccess()
  const list = shallowRef<readonly Notice[]>([])
  let lastId = 0
  const dismiss = (id: number): void => {
    list.value = list.value.filter((notice) => notice.id !== id)
  }
  return {
    list: computed(() => list.value),
    show(kind: Notice['kind'], key: MessageKey, parameters: Notice['parameters'] = {}): void {
      lastId += 1
      const id = lastId
      list.value = [...list.value.filter((notice) => notice.key !== key), { id, kind, key, parameters }].slice(-maximumNotices)
      clock.startTimer(() => dismiss(id), shownMs)
    },
    dismiss,
  }
})
