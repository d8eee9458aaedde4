/** What is known about the engine, its host and the way to them. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { EngineLink, EngineStatus, HostInfo } from '../../src-shared/contract/status.ts'
import type { LinkState } from '../transport/api-link.ts'
import { useHostAccess } from './host-access.ts'

export const useStatus = defineStore('status', () => {
  const { link } = useHostAccess()
  const engine = shallowRef<EngineStatus>()
  const engineLink = shallowRef<EngineLink>()
  const host = shallowRef<HostInfo>()
  const channel = shallowRef<LinkState>({ state: 'connecting', attempt: 0 })
  let linkNews = 0

  const ask = async (): Promise<void> => {
    const before = linkNews
    const [hostAnswer, linkAnswer, statusAnswer] = await Promise.all([
      link.api.call('getHost', undefined),
      link.api.call('getEngineLink', undefined),
      link.api.call('getStatus', undefined),
    ])
    if (hostAnswer.ok) host.value = hostAnswer.value
    if (linkAnswer.ok && linkNews === before) engineLink.value = linkAnswer.value
    if (statusAnswer.ok) takeStatus(statusAnswer.value)
  }
  const takeStatus = (status: EngineStatus): void => {
    if (status.takenAt >= (engine.value?.takenAt ?? 0) || status.session !== engine.value?.session) engine.value = status
  }
  const askHost = async (): Promise<void> => {
    const answer = await link.api.call('getHost', undefined)
    if (answer.ok) host.value = answer.value
  }

  return {
    engine: computed(() => engine.value),
    engineLink: computed(() => engineLink.value),
    host: computed(() => host.value),
    channel: computed(() => channel.value),
    /** The rows are those of an engine or a host that is not there just now. */
    stale: computed(() => channel.value.state !== 'open' || (engineLink.value !== undefined && engineLink.value.state !== 'running')),
    start(): () => void {
      const stops = [
        link.api.on('looked', takeStatus),
        link.api.on('engineLink', (next) => {
          linkNews += 1
          engineLink.value = next
          if (next.state === 'running') void askHost()
        }),
        link.onState((next) => {
          channel.value = next
          if (next.state === 'open') void ask()
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
})
