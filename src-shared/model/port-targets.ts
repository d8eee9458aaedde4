/** Who holds a local port. */
import { hasRemote } from './connection.ts'
import type { ProcessRecord } from './process.ts'
import type { RowMirror } from './row-mirror.ts'
import { listenCode } from './tcp-state.ts'
import { visibilities, type Visibility } from './visibility.ts'

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

const udpCode = 1

/** TCP that waits for connections, or UDP without a peer. */
export function listens(mirror: RowMirror, slot: number): boolean {
  const { protocol, state } = mirror.columns
  return state[slot] === listenCode || (protocol[slot] === udpCode && !hasRemote(mirror, slot))
}
