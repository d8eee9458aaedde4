/**
 * What this machine offers: TCP sockets in LISTEN and UDP sockets that take what anybody sends. The endpoints of one program on one port,
 * IPv4 and IPv6 and several addresses, are one entry.
 */
import { absentCount, protocols, type Protocol } from '../../../src-shared/model/columns.ts'
import { addressScopes, isWildcard, scopeOf, type AddressScope } from '../../../src-shared/model/address-scope.ts'
import { hasRemote } from '../../../src-shared/model/connection.ts'
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { listenCode, stateAbsent, stateCode, timeWaitCode } from '../../../src-shared/model/tcp-state.ts'
import { oldestFirst } from './oldest-first.ts'
import type { RowPredicate } from '../../../src-shared/query/index.ts'

export interface ListeningPort {
  /** The same from look to look. */
  readonly key: string
  readonly protocol: Protocol
  readonly port: number
  /** Its sockets, the oldest first. */
  readonly slots: readonly number[]
  /** The widest of its endpoints. */
  readonly scope: AddressScope
  readonly owners: readonly ProcessRecord[]
  /** Completed connections that wait for accept(), and how many may; undefined for UDP and where it is not told. */
  readonly queued: number | undefined
  readonly backlog: number | undefined
  /** Connections through it that are neither over (TIME_WAIT) nor still being set up. Undefined for UDP, which has none. */
  readonly accepted: number | undefined
  /** Unix milliseconds; the earliest. */
  readonly firstSeenAt: number
  /** It was there when watching began, so that it may be older. */
  readonly mayBeOlder: boolean
}

const udp = protocols.indexOf('udp')
const portCount = 65_536
const notAccepted = new Set([stateAbsent, listenCode, timeWaitCode, stateCode('SYN_SENT'), stateCode('SYN_RECEIVED'), stateCode('BOUND')])

function isListening(mirror: RowMirror, slot: number): boolean {
  const { state, protocol, localPort } = mirror.columns
  if (state[slot] === listenCode) return true
  return state[slot] === stateAbsent && protocol[slot] === udp && localPort[slot] !== 0 && !hasRemote(mirror, slot)
}

interface Listener {
  /** Of its entry. */
  readonly key: string
  readonly slot: number
}

export interface ListeningPorts {
  readonly ports: readonly ListeningPort[]
  /** Listening sockets that were chosen, and all of them. */
  readonly shown: number
  readonly all: number
}

/** `predicate` chooses listening rows; the connections through their entries are counted whatever it says. */
export function listeningPorts(mirror: RowMirror, predicate?: RowPredicate): ListeningPorts {
  const { firstSeenAt } = mirror.columns
  const entries = new Map<string, number[]>()
  const listeners: Listener[] = []
  let watchingSince = Number.POSITIVE_INFINITY
  let shown = 0
  let all = 0
  for (const slot of mirror.liveSlots()) {
    watchingSince = Math.min(watchingSince, firstSeenAt[slot] as number)
    if (!isListening(mirror, slot)) continue
    all += 1
    const key = keyOf(mirror, slot)
    listeners.push({ key, slot })
    if (predicate?.(mirror, slot) === false) continue
    shown += 1
    const slots = entries.get(key)
    if (slots === undefined) entries.set(key, [slot])
    else slots.push(slot)
  }
  const accepted = acceptedThrough(mirror, listeners)
  return {
    ports: [...entries].map(([key, slots]) => portOf(mirror, key, [...oldestFirst(mirror, slots)], accepted.get(key) ?? 0, watchingSince)),
    shown,
    all,
  }
}

/** Connections that came in through the port, as `accepted` counts them. One pass over the rows. */
export function acceptedSlots(mirror: RowMirror, { key, protocol, port }: ListeningPort): number[] {
  if (protocol === 'udp') return []
  const { localPort, state } = mirror.columns
  // Others may listen at the same port on other addresses, and have their own.
  const candidates: Listener[] = []
  for (const slot of mirror.liveSlots()) {
    if (localPort[slot] !== port || mirror.columns.protocol[slot] === udp || state[slot] !== listenCode) continue
    candidates.push({ key: keyOf(mirror, slot), slot })
  }
  const found: number[] = []
  for (const slot of mirror.liveSlots()) {
    if (localPort[slot] !== port || mirror.columns.protocol[slot] === udp || notAccepted.has(state[slot] as number)) continue
    if (entryOf(mirror, slot, candidates) === key) found.push(slot)
  }
  return found
}

/** Ports where somebody listens, whatever the protocol. */
export function listeningPortSet(mirror: RowMirror): (port: number) => boolean {
  const listening = new Uint8Array(portCount)
  for (const slot of mirror.liveSlots()) if (isListening(mirror, slot)) listening[mirror.columns.localPort[slot] as number] = 1
  return (port) => listening[port] === 1
}

function keyOf(mirror: RowMirror, slot: number): string {
  const { protocol, localPort } = mirror.columns
  return `${protocols[protocol[slot] as number]}/${localPort[slot]}/${programOf(mirror, slot)}`
}

/** Programs, not processes: workers that share a port are one offer. */
function programOf(mirror: RowMirror, slot: number): string {
  const owner = mirror.ownerOf(slot)
  if (owner === undefined) return `\0${mirror.columns.visibility[slot]}`
  return owner.executable ?? owner.name ?? String(owner.pid)
}

function portOf(mirror: RowMirror, key: string, slots: readonly number[], accepted: number, watchingSince: number): ListeningPort {
  const { protocol, localPort, receiveQueue, sendQueue, firstSeenAt } = mirror.columns
  const first = slots[0] ?? 0
  const tcp = protocol[first] !== udp
  const references = new Set(slots.flatMap((slot) => mirror.ownersOf(slot)))
  const seenAt = slots.reduce((earliest, slot) => Math.min(earliest, firstSeenAt[slot] as number), Number.POSITIVE_INFINITY)
  const widest = slots.reduce((best, slot) => Math.min(best, addressScopes.indexOf(scopeOf(mirror, slot))), addressScopes.length - 1)
  return {
    key,
    protocol: protocols[protocol[first] as number] ?? 'tcp',
    port: localPort[first] as number,
    slots,
    scope: addressScopes[widest] ?? 'any',
    owners: [...references].flatMap((reference) => mirror.processes.get(reference) ?? []),
    queued: tcp ? sumOfKnown(receiveQueue, slots) : undefined,
    backlog: tcp ? sumOfKnown(sendQueue, slots) : undefined,
    accepted: tcp ? accepted : undefined,
    firstSeenAt: seenAt,
    mayBeOlder: seenAt <= watchingSince,
  }
}

function sumOfKnown(column: Uint32Array, slots: readonly number[]): number | undefined {
  const known = slots.map((slot) => column[slot] as number).filter((value) => value !== absentCount)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0)
}

/** Connections by the key of the entry they came in through: the one of their own address first, then one of every address. */
function acceptedThrough(mirror: RowMirror, listeners: readonly Listener[]): ReadonlyMap<string, number> {
  const { protocol, state, localPort } = mirror.columns
  const listening = new Uint8Array(portCount)
  const byPort = Map.groupBy(
    listeners.filter(({ slot }) => protocol[slot] !== udp),
    ({ slot }) => localPort[slot] as number,
  )
  for (const port of byPort.keys()) listening[port] = 1
  const counts = new Map<string, number>()
  for (const slot of mirror.liveSlots()) {
    if (listening[localPort[slot] as number] === 0 || protocol[slot] === udp || notAccepted.has(state[slot] as number)) continue
    const key = entryOf(mirror, slot, byPort.get(localPort[slot] as number) ?? [])
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function entryOf(mirror: RowMirror, slot: number, candidates: readonly Listener[]): string | undefined {
  const { family } = mirror.columns
  const own = candidates.find((candidate) => sameLocalAddress(mirror, candidate.slot, slot))
  if (own !== undefined) return own.key
  const wild = candidates.filter((candidate) => isWildcard(mirror, candidate.slot))
  return (wild.find((candidate) => family[candidate.slot] === family[slot]) ?? wild[0])?.key
}

function sameLocalAddress({ columns }: RowMirror, a: number, b: number): boolean {
  const { local0, local1, local2, local3 } = columns
  return local3[a] === local3[b] && local2[a] === local2[b] && local1[a] === local1[b] && local0[a] === local0[b]
}
