/** The flow of closing connections: ask, do, tell what happened to each. Rows that cannot be closed say why and are left out. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import { maximumTargets } from '../../src-shared/contract/contract.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import type { Connection } from '../../src-shared/model/connection.ts'
import type { ActionPhase } from './end-process.ts'
import { useHostAccess } from './host-access.ts'

export type CloseRefusal = 'listening' | 'bound' | 'udp'

/** Why closing is not offered; undefined when it is. The engine checks again. */
export function closeRefusal({ protocol, state }: Pick<Connection, 'protocol' | 'state'>): CloseRefusal | undefined {
  if (protocol === 'udp') return 'udp'
  if (state === 'LISTEN') return 'listening'
  return state === 'BOUND' || state === 'CLOSED' ? 'bound' : undefined
}

export const useCloseConnection = defineStore('close-connection', () => {
  const { link } = useHostAccess()
  const phase = shallowRef<ActionPhase>('closed')
  const all = shallowRef<readonly Connection[]>([])
  const outcomes = shallowRef<readonly ActionOutcome[]>([])
  const failure = shallowRef<Failure>()
  const targets = computed(() => all.value.filter((each) => closeRefusal(each) === undefined))
  let round = 0

  return {
    phase: computed(() => phase.value),
    targets,
    refused: computed(() => all.value.filter((each) => closeRefusal(each) !== undefined)),
    outcomes: computed(() => outcomes.value),
    failure: computed(() => failure.value),
    open(connections: readonly Connection[]): void {
      round += 1
      all.value = connections.slice(0, maximumTargets)
      outcomes.value = []
      failure.value = undefined
      phase.value = 'asking'
    },
    async confirm(): Promise<void> {
      if (phase.value !== 'asking' || targets.value.length === 0) return
      const asked = round
      phase.value = 'working'
      const answer = await link.api.call('closeConnections', { ids: targets.value.map(({ id }) => id) })
      if (asked !== round) return
      if (answer.ok) outcomes.value = answer.value
      else failure.value = answer.error
      phase.value = 'done'
    },
    close(): void {
      round += 1
      phase.value = 'closed'
    },
  }
})
