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
  const put = (others: readonly Notice[], notice: Omit<Notice, 'id'>): void => {
    lastId += 1
    const id = lastId
    list.value = [...others, { id, ...notice }].slice(-maximumNotices)
    clock.startTimer(() => dismiss(id), shownMs)
  }
  return {
    list: computed(() => list.value),
    /** In place of an earlier one of this key, which is out of date by now. */
    show(kind: Notice['kind'], key: MessageKey, parameters: Notice['parameters'] = {}): void {
      const others = list.value.filter((notice) => notice.key !== key)
      put(others, { kind, key, parameters })
    },
    /** Beside earlier ones of this key: each tells of something else that happened. The same words stand there once. */
    tell(kind: Notice['kind'], key: MessageKey, parameters: Notice['parameters']): void {
      const others = list.value.filter((notice) => notice.key !== key || !sameParameters(notice.parameters, parameters))
      put(others, { kind, key, parameters })
    },
    dismiss,
  }
})

function sameParameters(left: Notice['parameters'], right: Notice['parameters']): boolean {
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name])
}
