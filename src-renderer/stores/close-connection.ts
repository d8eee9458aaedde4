/** The flow of closing connections: ask, do, tell what happened to each. Rows that cannot be closed say why and are left out. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import type { Connection } from '../../src-shared/model/connection.ts'
import { closeRefusals, type CloseRefusal } from './close-refusal.ts'
import type { ActionPhase } from './end-process.ts'
import { useHostAccess } from './host-access.ts'
import { inBatches } from './in-batches.ts'

export interface RefusedConnection {
  readonly connection: Connection
  readonly reason: CloseRefusal
}

export const useCloseConnection = defineStore('close-connection', () => {
  const { link } = useHostAccess()
  const phase = shallowRef<ActionPhase>('closed')
  const targets = shallowRef<readonly Connection[]>([])
  const refused = shallowRef<readonly RefusedConnection[]>([])
  const outcomes = shallowRef<readonly ActionOutcome[]>([])
  const failure = shallowRef<Failure>()
  let round = 0

  return {
    phase: computed(() => phase.value),
    targets: computed(() => targets.value),
    refused: computed(() => refused.value),
    outcomes: computed(() => outcomes.value),
    failure: computed(() => failure.value),
    open(connections: readonly Connection[], ownPids: readonly number[]): void {
      round += 1
      const reasons = closeRefusals(connections, ownPids)
      targets.value = connections.filter((_, index) => reasons[index] === undefined)
      refused.value = connections.flatMap((connection, index) => {
        const reason = reasons[index]
        return reason === undefined ? [] : [{ connection, reason }]
      })
      outcomes.value = []
      failure.value = undefined
      phase.value = 'asking'
    },
    async confirm(): Promise<void> {
      if (phase.value !== 'asking' || targets.value.length === 0) return
      const asked = round
      phase.value = 'working'
      const ids = targets.value.map(({ id }) => id)
      const done = await inBatches(
        ids,
        (some) => link.api.call('closeConnections', { ids: some }),
        () => asked === round,
      )
      if (asked !== round) return
      outcomes.value = done.outcomes
      failure.value = done.failure
      phase.value = 'done'
    },
    close(): void {
      round += 1
      phase.value = 'closed'
    },
  }
})
