/** What stores are given from outside: the engine's Api, the link that carries it, and time. */
import { inject, type InjectionKey } from 'vue'
import type { ApiLink } from '../transport/api-link.ts'
import type { Clock } from '../transport/clock.ts'

export interface HostAccess {
  readonly link: ApiLink
  readonly clock: Clock
}

export const hostAccessKey: InjectionKey<HostAccess> = Symbol('host access')

/** To be called in a store's or component's setup. */
export function useHostAccess(): HostAccess {
  const access = inject(hostAccessKey)
  if (access === undefined) throw new Error('No way to the engine was provided.')
  return access
}
