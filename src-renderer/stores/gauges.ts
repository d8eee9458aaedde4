/** How much of what is limited is used, followed only while somebody looks at it: reading it costs more than a look. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { GaugesReport } from '../../src-shared/contract/gauges.ts'
import type { KernelSettingsReport } from '../../src-shared/contract/network.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import { useHostAccess } from './host-access.ts'
import { oneAtATime } from './one-at-a-time.ts'

/** Settings change when a person changes them; until then the last answer will do. */
const settingsAgeMs = 60_000

export const useGauges = defineStore('gauges', () => {
  const { link, clock } = useHostAccess()
  const report = shallowRef<GaugesReport>()
  const failure = shallowRef<Failure>()
  const settings = shallowRef<KernelSettingsReport>()
  let settingsAt = Number.NEGATIVE_INFINITY

  const askSettings = async (): Promise<void> => {
    if (clock.steadyNow() - settingsAt < settingsAgeMs) return
    const answer = await link.api.call('getKernelSettings', undefined)
    if (!answer.ok) return
    settings.value = answer.value
    settingsAt = clock.steadyNow()
  }
  const ask = oneAtATime(async () => {
    const answer = await link.api.call('getGauges', undefined)
    failure.value = answer.ok ? undefined : answer.error
    if (answer.ok) report.value = answer.value
    await askSettings()
  })
  return {
    report: computed(() => report.value),
    /** Why the report is not current. */
    failure: computed(() => failure.value),
    /** The system's settings as last read; undefined before. */
    settings: computed(() => settings.value),
    /** Follows until the returned function is called. */
    follow(): () => void {
      const stops = [
        link.api.on('looked', () => void ask()),
        // Tells at once how the link is.
        link.onState(({ state }) => {
          if (state === 'open') void ask()
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
})
