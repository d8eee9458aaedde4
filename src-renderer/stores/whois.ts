/** Whom an address is registered to: opened for an address, asked on a second step, because asking tells others. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { WhoisAnswer } from '../../src-shared/contract/names.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import { useHostAccess } from './host-access.ts'

export const useWhois = defineStore('whois', () => {
  const { link } = useHostAccess()
  const address = shallowRef<string>()
  const asking = shallowRef(false)
  const answer = shallowRef<WhoisAnswer>()
  const failure = shallowRef<Failure>()
  let round = 0

  const reset = (next: string | undefined): void => {
    round += 1
    address.value = next
    asking.value = false
    answer.value = undefined
    failure.value = undefined
  }
  return {
    /** Undefined while nobody wants to know. */
    address: computed(() => address.value),
    asking: computed(() => asking.value),
    answer: computed(() => answer.value),
    failure: computed(() => failure.value),
    open: (of: string): void => reset(of),
    close: (): void => reset(undefined),
    async ask(): Promise<void> {
      const of = address.value
      if (of === undefined || asking.value) return
      reset(of)
      const asked = round
      asking.value = true
      const told = await link.api.call('whois', { address: of })
      if (asked !== round) return
      asking.value = false
      if (told.ok) answer.value = told.value
      else failure.value = told.error
    },
  }
})
