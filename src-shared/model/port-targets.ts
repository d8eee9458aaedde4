/** Who holds a local port. */
import { hasRemote } from './connection.ts'
import type { ProcessRecord } from './process.ts'
import type { RowMirror } from './row-mirror.ts'
import { listenCode } from './tcp-state.ts'
import { visibilities, type Visibility } from './visibility.ts'

export interface HiddenHolders {
  readonly sockets: number
  readonly visibility: Visibility
}

export type PortTargets =
  | {
      readonly kind: 'owners'
      readonly owners: readonly ProcessRecord[]
      /** There are further holders that cannot be named: the port stays in use when the owners end. */
      readonly hidden?: HiddenHolders
    }
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
  const reasons: Visibility[] = []
  for (const slot of wanted) {
    const running = mirror.ownersOf(slot).flatMap((reference) => mirror.processes.get(reference) ?? [])
    const named = running.filter(({ exited }) => !exited)
    if (named.length === 0) reasons.push(visibilities[mirror.columns.visibility[slot] ?? 0] ?? 'pending')
    for (const owner of named) owners.set(owner.pid, owner)
  }
  const visibility = reasons.find((reason) => reason === 'not-permitted') ?? reasons[0] ?? 'pending'
  if (owners.size === 0) return { kind: 'hidden', visibility }
  return {
    kind: 'owners',
    owners: [...owners.values()].toSorted((first, second) => first.pid - second.pid),
    ...(reasons.length > 0 && { hidden: { sockets: reasons.length, visibility } }),
  }
}

const udpCode = 1

/** TCP that waits for connections, or UDP without a peer. */
export function listens(mirror: RowMirror, slot: number): boolean {
  const { protocol, state } = mirror.columns
  return state[slot] === listenCode || (protocol[slot] === udpCode && !hasRemote(mirror, slot))
}
