import { connectionAt } from '../../src-shared/model/connection.ts'
import type { ProcessIdentity, ProcessRecord } from '../../src-shared/model/process.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { listenCode } from '../../src-shared/model/tcp-state.ts'
import { visibilities, type Visibility } from '../../src-shared/model/visibility.ts'
import { hasRemote } from '../../src-shared/model/connection.ts'

export type PortTargets =
  | { readonly kind: 'owners'; readonly owners: readonly ProcessRecord[] }
  /** Nothing has this local port. */
  | { readonly kind: 'unused' }
  /** The port is in use; why no owner can be named. */
  | { readonly kind: 'hidden'; readonly visibility: Visibility }

/** Owners of what listens on the port (TCP LISTEN, UDP without a peer); without listener, of every row that has it as local port. */
export function portTargets(mirror: RowMirror, port: number): PortTargets {
  const slots = [...mirror.liveSlots()].filter((slot) => mirror.columns.localPort[slot] === port)
  const listening = slots.filter((slot) => listens(mirror, slot))
  const wanted = listening.length > 0 ? listening : slots
  if (wanted.length === 0) return { kind: 'unused' }
  const owners = new Map<number, ProcessRecord>()
  for (const slot of wanted) {
    for (const reference of mirror.ownersOf(slot)) {
      const owner = mirror.processes.get(reference)
      if (owner !== undefined && !owner.exited) owners.set(owner.pid, owner)
    }
  }
  if (owners.size > 0) return { kind: 'owners', owners: [...owners.values()].toSorted((first, second) => first.pid - second.pid) }
  const reasons = wanted.map((slot) => visibilities[mirror.columns.visibility[slot] ?? 0] ?? 'pending')
  return { kind: 'hidden', visibility: reasons.find((reason) => reason === 'not-permitted') ?? reasons[0] ?? 'pending' }
}

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

const udpCode = 1

function listens(mirror: RowMirror, slot: number): boolean {
  const { protocol, state } = mirror.columns
  return state[slot] === listenCode || (protocol[slot] === udpCode && !hasRemote(mirror, slot))
}
