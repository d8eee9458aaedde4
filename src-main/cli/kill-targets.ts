import { connectionAt } from '../../src-shared/model/connection.ts'
import { listens } from '../../src-shared/model/port-targets.ts'
import type { ProcessIdentity } from '../../src-shared/model/process.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'

/** What listens on the port now, for the word after the deed. */
export function portListener(mirror: RowMirror, port: number): { readonly owner: string } | undefined {
  for (const slot of mirror.liveSlots()) {
    if (mirror.columns.localPort[slot] !== port || !listens(mirror, slot)) continue
    const [owner] = connectionAt(mirror, slot).owners
    return { owner: owner === undefined ? '?' : `${owner.name ?? ''}[${owner.pid}]` }
  }
  return undefined
}

/** The identity of a process that owns sockets, as the engine saw it. */
export function processInMirror(mirror: RowMirror, pid: number): ProcessIdentity | undefined {
  for (const process of mirror.processes.values()) if (process.pid === pid && !process.exited) return process
  return undefined
}
