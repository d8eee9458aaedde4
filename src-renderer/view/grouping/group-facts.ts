/** What is told of single groups, from their rows: made for the groups on screen, or for all of them to sort by it. */
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { timeWaitCode } from '../../../src-shared/model/tcp-state.ts'

type Slots = Int32Array | readonly number[]

/** Known owners of these rows, each once, all owners of shared rows among them. */
export function ownersAmong(mirror: RowMirror, slots: Slots): ProcessRecord[] {
  const references = new Set<number>()
  for (const slot of slots) for (const reference of mirror.ownersOf(slot)) references.add(reference)
  return [...references].flatMap((reference) => mirror.processes.get(reference) ?? [])
}

/** Different first owners of these rows. */
export function ownerCountAmong({ columns }: RowMirror, slots: Slots): number {
  // Most groups are small, and there may be a hundred thousand.
  if (slots.length === 1) return columns.owner[slots[0] as number] === 0 ? 0 : 1
  const references = new Set<number>()
  for (const slot of slots) if (columns.owner[slot] !== 0) references.add(columns.owner[slot] as number)
  return references.size
}

/**
 * The end of the conversation that tells the service, the most frequent first: the remote port where this machine called, the local one
 * where it was called, which is where `isListening` knows the local port.
 */
export function servicePorts({ columns }: RowMirror, slots: Slots, isListening: (port: number) => boolean): readonly ServicePort[] {
  const rows = new Map<number, number>()
  for (const slot of slots) {
    const local = columns.localPort[slot] as number
    const inward = isListening(local)
    const key = (inward ? 65_536 : 0) + (inward ? local : (columns.remotePort[slot] as number))
    const protocol = columns.protocol[slot] === 1 ? 131_072 : 0
    rows.set(key + protocol, (rows.get(key + protocol) ?? 0) + 1)
  }
  return [...rows]
    .toSorted(([, a], [, b]) => b - a)
    .map(([key]) => ({ port: key & 0xffff, inward: (key & 65_536) !== 0, protocol: (key & 131_072) === 0 ? 'tcp' : 'udp' }))
}

export interface ServicePort {
  readonly port: number
  /** The peer called this machine. */
  readonly inward: boolean
  readonly protocol: 'tcp' | 'udp'
}

/** Milliseconds; NaN where no row tells. Rows in TIME_WAIT are over and do not count. */
export function medianRoundTrip({ columns }: RowMirror, slots: Slots): number {
  if (slots.length === 1) return knownRoundTrip(columns, slots[0] as number)
  const known: number[] = []
  for (const slot of slots) {
    const value = knownRoundTrip(columns, slot)
    if (!Number.isNaN(value)) known.push(value)
  }
  if (known.length === 0) return Number.NaN
  const ordered = Float64Array.from(known).toSorted()
  const middle = ordered.length >> 1
  return ordered.length % 2 === 1 ? (ordered[middle] as number) : ((ordered[middle - 1] as number) + (ordered[middle] as number)) / 2
}

function knownRoundTrip({ roundTripMs, state }: RowMirror['columns'], slot: number): number {
  const value = roundTripMs[slot] as number
  return value > 0 && state[slot] !== timeWaitCode ? value : Number.NaN
}
