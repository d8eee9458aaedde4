/** What is known of the life of one connection: the states it was seen in, which side called, its other end and its listener here. */
import type { ConnectionStory, StateStep } from '../../src-shared/contract/story.ts'
import { isLoopback, isUnspecified } from '../../src-shared/model/address.ts'
import { connectionAt, hasRemote, withoutUndefined } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { listenCode, stateAbsent } from '../../src-shared/model/tcp-state.ts'
import { isWithin, type PortRange } from './port-range.ts'
import { localOf } from './row-facts.ts'
import type { StateJournal } from './state-journal.ts'

type Words = readonly [number, number, number, number]

interface SocketEnd {
  readonly words: Words
  readonly port: number
}

/** `slot` is that of a live row. One pass over the ports of the table; every unknown is absent. */
export function connectionStory(mirror: RowMirror, journal: StateJournal, slot: number, range: PortRange | undefined): ConnectionStory {
  const path = journal.pathOf(mirror, slot)
  const connected = hasRemote(mirror, slot) && mirror.columns.state[slot] !== listenCode
  const peer = connected ? peerOf(mirror, slot) : undefined
  const near = connected && isTcp(mirror, slot) ? listenerOn(mirror, localEnd(mirror, slot), slot, true) : undefined
  return withoutUndefined<ConnectionStory>({
    connection: connectionAt(mirror, slot),
    takenAt: mirror.takenAt,
    path,
    role: roleSeen(path) ?? (connected && isTcp(mirror, slot) ? roleGuessed(mirror, slot, near, peer, range) : undefined),
    peer: peer === undefined ? undefined : connectionAt(mirror, peer),
    listener: near === undefined ? undefined : { id: mirror.identityOf(near), local: localOf(mirror, near) },
  })
}

/** Who was seen calling called; who was seen answering a call was called. With both (simultaneous open) the first step decides. */
function roleSeen(path: readonly StateStep[]): ConnectionStory['role'] {
  for (const { state } of path) {
    if (state === 'SYN_SENT') return { side: 'client', from: 'seen' }
    if (state === 'SYN_RECEIVED') return { side: 'server', from: 'seen' }
  }
  return undefined
}

function roleGuessed(
  mirror: RowMirror,
  slot: number,
  near: number | undefined,
  peer: number | undefined,
  range: PortRange | undefined,
): ConnectionStory['role'] {
  const remote = remoteEnd(mirror, slot)
  const local = localEnd(mirror, slot)
  const remoteIsHere = peer !== undefined || isLoopback(...remote.words) || same(remote.words, local.words)
  const far = listenerOn(mirror, remote, slot, remoteIsHere)
  if (near !== undefined && far !== undefined) return undefined
  if (near !== undefined) return { side: 'server', from: 'guessed' }
  if (far !== undefined || (isDynamic(local.port, range) && !isDynamic(remote.port, range))) return { side: 'client', from: 'guessed' }
  return undefined
}

function isDynamic(port: number, range: PortRange | undefined): boolean {
  return range !== undefined && isWithin(port, range)
}

/** The row with the two endpoints swapped. IPv4 is kept in its mapped form, so an IPv6 socket's IPv4 traffic finds its twin too. */
function peerOf(mirror: RowMirror, slot: number): number | undefined {
  const { localPort, remotePort, protocol } = mirror.columns
  const local = localEnd(mirror, slot)
  const remote = remoteEnd(mirror, slot)
  for (let other = 0; other < mirror.top; other += 1) {
    if (localPort[other] !== remote.port || remotePort[other] !== local.port || other === slot) continue
    if (protocol[other] !== protocol[slot] || !isLive(mirror, other)) continue
    if (same(localEnd(mirror, other).words, remote.words) && same(remoteEnd(mirror, other).words, local.words)) return other
  }
  return undefined
}

/**
 * The listening row that a connection to `end` comes in through: the one with its very address before one for every address, the
 * connection's own address family before the other (an IPv6 socket may take IPv4 calls; Windows and macOS then show IPv4 rows).
 */
function listenerOn(mirror: RowMirror, end: SocketEnd, slot: number, wildcards: boolean): number | undefined {
  const { state, localPort, family } = mirror.columns
  let best: number | undefined
  let bestRank = 0
  for (let other = 0; other < mirror.top; other += 1) {
    if (localPort[other] !== end.port || state[other] !== listenCode || !isLive(mirror, other)) continue
    const { words } = localEnd(mirror, other)
    const exact = same(words, end.words)
    const sameFamily = family[other] === family[slot]
    const wildcard = wildcards && isUnspecified(family[other] as number, ...words) && (sameFamily || family[other] === 6)
    const rank = exact ? 3 : wildcard ? (sameFamily ? 2 : 1) : 0
    if (rank > bestRank) {
      best = other
      bestRank = rank
    }
  }
  return best
}

/** A slot that was given back keeps its old bytes. */
function isLive(mirror: RowMirror, slot: number): boolean {
  return mirror.slotOfRow(mirror.columns.rowId[slot] as number) === slot
}

function isTcp(mirror: RowMirror, slot: number): boolean {
  return mirror.columns.state[slot] !== stateAbsent
}

function localEnd({ columns: c }: RowMirror, slot: number): SocketEnd {
  const words: Words = [c.local0[slot] ?? 0, c.local1[slot] ?? 0, c.local2[slot] ?? 0, c.local3[slot] ?? 0]
  return { words, port: c.localPort[slot] ?? 0 }
}

function remoteEnd({ columns: c }: RowMirror, slot: number): SocketEnd {
  const words: Words = [c.remote0[slot] ?? 0, c.remote1[slot] ?? 0, c.remote2[slot] ?? 0, c.remote3[slot] ?? 0]
  return { words, port: c.remotePort[slot] ?? 0 }
}

function same(left: Words, right: Words): boolean {
  return left[3] === right[3] && left[2] === right[2] && left[1] === right[1] && left[0] === right[0]
}
