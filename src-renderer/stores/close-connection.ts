/** The flow of closing connections: ask, do, tell what happened to each. Rows that cannot be closed say why and are left out. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CloseTarget } from '../view/close-target.ts'
import { createActionFlow } from './action-flow.ts'
import { closeRefusals, type CloseRefusal } from './close-refusal.ts'
import { useHostAccess } from './host-access.ts'

export interface RefusedConnection {
  readonly connection: CloseTarget
  readonly reason: CloseRefusal
}

export const useCloseConnection = defineStore('close-connection', () => {
  const { link } = useHostAccess()
  const flow = createActionFlow()
  const targets = shallowRef<readonly CloseTarget[]>([])
  const refused = shallowRef<readonly RefusedConnection[]>([])
  const closeAll = async (ids: readonly string[]): Promise<void> => {
    if (ids.length > 0) await flow.act([ids], (some) => link.api.call('closeConnections', { ids: some }))
  }

  return {
    phase: flow.phase,
    outcomes: flow.outcomes,
    failure: flow.failure,
    stopped: flow.stopped,
    targets: computed(() => targets.value),
    refused: computed(() => refused.value),
    open(connections: readonly CloseTarget[], ownPids: readonly number[]): void {
      flow.ask()
      const reasons = closeRefusals(connections, ownPids)
      targets.value = connections.filter((_, index) => reasons[index] === undefined)
      refused.value = connections.flatMap((connection, index) => {
        const reason = reasons[index]
        return reason === undefined ? [] : [{ connection, reason }]
      })
    },
    confirm: (): Promise<void> => (flow.phase.value === 'asking' ? closeAll(targets.value.map(({ id }) => id)) : Promise.resolve()),
    /** Once more for some of those that were tried. */
    retry: closeAll,
    stop: flow.stop,
    close: flow.close,
  }
})
