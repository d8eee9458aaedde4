/** What the engine in an agent shows, as a client of the product sees it. */
import type { Api } from '../../src-shared/contract/api.ts'
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts'
import type { EngineStatus } from '../../src-shared/contract/status.ts'
import { connectionAt, type Connection } from '../../src-shared/model/connection.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'

export interface EngineView {
  refresh(): Promise<{ readonly status: EngineStatus; readonly connections: readonly Connection[] }>
  startTokenOf(pid: number): string | undefined
}

export function createEngineView(api: Api): EngineView {
  const mirror = new RowMirror()
  return {
    async refresh() {
      const status = await asked(api, 'refresh', undefined)
      const known = mirror.session === undefined ? { sequence: 0 } : { session: mirror.session, sequence: mirror.sequence }
      const applied = mirror.apply(await asked(api, 'getChanges', known))
      if (!applied.ok) throw new Error(`The change set was refused: ${applied.reason}`)
      for (const slot of applied.slots.removed) mirror.release(slot)
      return { status, connections: [...mirror.liveSlots()].map((slot) => connectionAt(mirror, slot)) }
    },
    startTokenOf: (pid) => [...mirror.processes.values()].find((process) => process.pid === pid && process.exited !== true)?.startToken,
  }
}

export async function asked<Name extends CallName>(api: Api, name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  const answer = await api.call(name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
  return answer.value
}
