/**
 * Dynamic ports in use towards destinations. Connections to one remote endpoint from one local address need a port each; those to
 * another endpoint may use the same ports again. A socket that is bound and not connected keeps its port from every destination.
 */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { boundCode, listenCode, stateAbsent } from '../../src-shared/model/tcp-state.ts'
import { localHostKey, remoteKey, type EndpointKey } from './endpoint-key.ts'
import { isWildcard } from '../../src-shared/model/address-scope.ts'
import type { ObservedTable } from './observed-table.ts'
import { isWithin, type PortRange } from './port-range.ts'

export interface PortUse {
  /** Connections to the destination, and bound sockets of its local address. */
  readonly slots: readonly number[]
  /** Ports that these rows take, each counted once. */
  readonly used: number
}

/**
 * What rows towards one destination, and `bound` ones, take of its ports. A port with a listener is a server's, and a bound one is taken
 * from the destinations of its own address, or of all. `listening` are the ports of listeners.
 */
export function portUseOf(
  { mirror }: ObservedTable,
  connected: readonly number[],
  bound: readonly number[],
  listening: ReadonlySet<number>,
): PortUse {
  const { columns } = mirror
  const local = connected[0] === undefined ? undefined : localHostKey(columns, connected[0])
  const slots = [...connected, ...bound.filter((slot) => isWildcard(mirror, slot) || localHostKey(columns, slot) === local)].filter(
    (slot) => !listening.has(columns.localPort[slot] as number),
  )
  return { slots, used: distinctPorts(mirror, slots) }
}

/** Each port once. */
export function distinctPorts({ columns: { localPort } }: RowMirror, slots: readonly number[]): number {
  const seen = new Uint8Array(65_536)
  let count = 0
  for (const slot of slots) {
    const port = localPort[slot] as number
    if (seen[port] === 0) count += 1
    seen[port] = 1
  }
  return count
}

/** The fullest destinations first, `most` of them. */
export function fullestDestinations(table: ObservedTable, range: PortRange, most: number): readonly PortUse[] {
  const listening = new Set(slotsIn(table, listenCode).map((slot) => table.mirror.columns.localPort[slot] as number))
  const isDynamic = (port: number): boolean => isWithin(port, range) && !listening.has(port)
  const counts = countByDestination(table, isDynamic)
  const chosen = new Set(fullestOf(counts, most))
  const bound = slotsIn(table, boundCode).filter((slot) => isDynamic(table.mirror.columns.localPort[slot] as number))
  forEachDynamic(table, isDynamic, (slot, local, remote) => {
    const count = counts.get(local)?.get(remote)
    if (count !== undefined && chosen.has(count)) count.slots.push(slot)
  })
  return [...chosen].map(({ slots }) => portUseOf(table, slots, bound, listening)).toSorted((left, right) => right.used - left.used)
}

interface Count {
  rows: number
  readonly slots: number[]
}

function fullestOf(counts: ReadonlyMap<EndpointKey, ReadonlyMap<EndpointKey, Count>>, most: number): readonly Count[] {
  const all: Count[] = []
  for (const remotes of counts.values()) for (const count of remotes.values()) all.push(count)
  return all.toSorted((left, right) => right.rows - left.rows).slice(0, most)
}

function countByDestination(table: ObservedTable, isDynamic: (port: number) => boolean): Map<EndpointKey, Map<EndpointKey, Count>> {
  const counts = new Map<EndpointKey, Map<EndpointKey, Count>>()
  forEachDynamic(table, isDynamic, (_slot, local, remote) => {
    let remotes = counts.get(local)
    if (remotes === undefined) counts.set(local, (remotes = new Map<EndpointKey, Count>()))
    const count = remotes.get(remote)
    if (count === undefined) remotes.set(remote, { rows: 1, slots: [] })
    else count.rows += 1
  })
  return counts
}

function forEachDynamic(
  { mirror, live }: ObservedTable,
  isDynamic: (port: number) => boolean,
  visit: (slot: number, local: EndpointKey, remote: EndpointKey) => void,
): void {
  const { columns } = mirror
  const { state, remotePort, localPort } = columns
  for (let slot = 0; slot < mirror.top; slot += 1) {
    const code = state[slot] as number
    if (code === stateAbsent || code === listenCode || code === boundCode || live[slot] !== 1) continue
    if (remotePort[slot] !== 0 && isDynamic(localPort[slot] as number)) visit(slot, localHostKey(columns, slot), remoteKey(columns, slot))
  }
}

function slotsIn({ mirror, live }: ObservedTable, wanted: number): readonly number[] {
  const { state } = mirror.columns
  const slots: number[] = []
  for (let slot = 0; slot < mirror.top; slot += 1) if (state[slot] === wanted && live[slot] === 1) slots.push(slot)
  return slots
}
