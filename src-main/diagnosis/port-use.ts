/**
 * Dynamic ports in use towards destinations. Connections to one remote endpoint from one local address need a port each; those to
 * another endpoint may use the same ports again. A socket that is bound and not connected keeps its port from every destination.
 */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { boundCode, listenCode, stateAbsent } from '../../src-shared/model/tcp-state.ts'
import { localHostKey, remoteKey, type EndpointKey } from './endpoint-key.ts'
import { isWildcard } from './listeners.ts'
import type { ObservedTable } from './observed-table.ts'

/** First and last port. */
export type PortRange = readonly [from: number, to: number]

export interface PortUse {
  /** Connections to the destination, and bound sockets of its local address. */
  readonly slots: readonly number[]
  /** Ports that these rows take, each counted once. */
  readonly used: number
}

/**
 * The fullest destinations first, `most` of them, none with fewer than `least` connections. A port with a listener is a server's; without
 * a range all others are taken for dynamic ones.
 */
export function fullestDestinations(table: ObservedTable, range: PortRange | undefined, most: number, least = 1): readonly PortUse[] {
  const { mirror } = table
  const isDynamic = dynamicPorts(table, range)
  const counts = countByDestination(table, isDynamic)
  const chosen = new Set(fullestOf(counts, most, least))
  const bound = boundSlots(table, isDynamic)
  forEachDynamic(table, isDynamic, (slot, local, remote) => {
    const count = counts.get(local)?.get(remote)
    if (count !== undefined && chosen.has(count)) count.slots.push(slot)
  })
  return [...chosen]
    .map(({ local, slots }) => {
      const all = [...slots, ...(bound.get(local) ?? []), ...(bound.get(anyAddress) ?? [])]
      return { slots: all, used: new Set(all.map((slot) => mirror.columns.localPort[slot])).size }
    })
    .toSorted((left, right) => right.used - left.used)
}

interface Count {
  readonly local: EndpointKey
  rows: number
  readonly slots: number[]
}

function fullestOf(counts: ReadonlyMap<EndpointKey, ReadonlyMap<EndpointKey, Count>>, most: number, least: number): readonly Count[] {
  const large: Count[] = []
  for (const remotes of counts.values()) for (const count of remotes.values()) if (count.rows >= least) large.push(count)
  return large.toSorted((left, right) => right.rows - left.rows).slice(0, most)
}

/** Of sockets that are bound to every address. */
const anyAddress = 'any'

function countByDestination(table: ObservedTable, isDynamic: (port: number) => boolean): Map<EndpointKey, Map<EndpointKey, Count>> {
  const counts = new Map<EndpointKey, Map<EndpointKey, Count>>()
  forEachDynamic(table, isDynamic, (_slot, local, remote) => {
    let remotes = counts.get(local)
    if (remotes === undefined) counts.set(local, (remotes = new Map<EndpointKey, Count>()))
    const count = remotes.get(remote)
    if (count === undefined) remotes.set(remote, { local, rows: 1, slots: [] })
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

function boundSlots(table: ObservedTable, isDynamic: (port: number) => boolean): Map<EndpointKey, number[]> {
  const { mirror } = table
  const bound = new Map<EndpointKey, number[]>()
  for (const slot of slotsIn(table, boundCode)) {
    if (!isDynamic(mirror.columns.localPort[slot] as number)) continue
    const key = hostOf(mirror, slot)
    const slots = bound.get(key)
    if (slots === undefined) bound.set(key, [slot])
    else slots.push(slot)
  }
  return bound
}

function hostOf(mirror: RowMirror, slot: number): EndpointKey {
  return isWildcard(mirror, slot) ? anyAddress : localHostKey(mirror.columns, slot)
}

function dynamicPorts(table: ObservedTable, range: PortRange = [1, 65_535]): (port: number) => boolean {
  const listening = new Set(slotsIn(table, listenCode).map((slot) => table.mirror.columns.localPort[slot]))
  return (port) => port >= range[0] && port <= range[1] && !listening.has(port)
}

function slotsIn({ mirror, live }: ObservedTable, wanted: number): readonly number[] {
  const { state } = mirror.columns
  const slots: number[] = []
  for (let slot = 0; slot < mirror.top; slot += 1) if (state[slot] === wanted && live[slot] === 1) slots.push(slot)
  return slots
}
