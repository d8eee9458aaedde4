import { connectionAt } from '../../src-shared/model/connection.ts'
import { listens } from '../../src-shared/model/port-targets.ts'
import type { ProcessIdentity } from '../../src-shared/model/process.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'

export interface PortListener {
  /** Of the socket. */
  readonly id: string
  /** Undefined when nobody can be named. */
  readonly owner: string | undefined
}

/** What listens on the port now. */
export function portListeners(mirror: RowMirror, port: number): readonly PortListener[] {
  return [...mirror.liveSlots()]
    .filter((slot) => mirror.columns.localPort[slot] === port && listens(mirror, slot))
    .map((slot) => {
      const { id, owners } = connectionAt(mirror, slot)
      const [owner] = owners
      return { id, owner: owner && `${owner.name ?? ''}[${owner.pid}]` }
    })
}

/** The identity of a process that owns sockets, as the engine saw it. */
export function processInMirror(mirror: RowMirror, pid: number): ProcessIdentity | undefined {
  for (const process of mirror.processes.values()) if (process.pid === pid && !process.exited) return process
  return undefined
}
