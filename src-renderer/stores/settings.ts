/** This user's settings as the host has them; shows the defaults until it has answered. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Failure } from '../../src-shared/contract/result.ts'
import { defaultSettings, type Settings, type SettingsPatch } from '../../src-shared/model/settings.ts'
import { useHostAccess } from './host-access.ts'
import { keepUnchanged } from './keep-unchanged.ts'

export const useSettings = defineStore('settings', () => {
  const { link } = useHostAccess()
  const current = shallowRef<Settings>(defaultSettings)
  const loaded = shallowRef(false)
  const failure = shallowRef<Failure>()
  let changes = 0
  const take = (told: Settings): void => {
    current.value = keepUnchanged(current.value, told)
  }
  const load = async (): Promise<void> => {
    const before = changes
    const answer = await link.api.call('getSettings', undefined)
    if (answer.ok && changes === before) take(answer.value)
    if (answer.ok) loaded.value = true
  }
  return {
    /** An entry is another object only when it changed: whoever watches one hears nothing of the others. */
    current: computed(() => current.value),
    /** The host has told them at least once. */
    loaded: computed(() => loaded.value),
    /** Why the latest change was not made. */
    failure: computed(() => failure.value),
    start(): () => void {
      const stops = [
        link.api.on('settingsChanged', (settings) => {
          changes += 1
          take(settings)
        }),
        link.onState(({ state }) => {
          if (state === 'open') void load()
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
    async change(patch: SettingsPatch): Promise<void> {
      changes += 1
      const answer = await link.api.call('changeSettings', patch)
      failure.value = answer.ok ? undefined : answer.error
      if (answer.ok) take(answer.value)
    },
  }
})
