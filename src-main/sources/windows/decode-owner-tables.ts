/**
 * Rows of the owner tables (owner-table-layouts.ts) as records. Pure and total: whatever the bytes say, nothing beyond them is read;
 * a row that makes no sense is counted and left out. No object is made per row.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { listenCode, stateAbsent, stateCode } from '../../../src-shared/model/tcp-state.ts'
import { flagTupleIdentity, packHead, protocolCode, recordWord } from '../../table/row-record.ts'
import { writeEndpointIdentity } from './endpoint-identity.ts'
import type { OwnerTableLayout } from './owner-table-layouts.ts'

export interface TableBytes {
  readonly view: DataView
  /** How many of the bytes the system filled. */
  readonly length: number
}

export interface EndpointContext {
  readonly record: Uint32Array
  /** String reference of the service with this tag in a process; 0 when there is none. */
  serviceReference(pid: number, tag: number): number
  /** String reference of an IPv6 zone. */
  scopeReference(scope: number): number
  take(record: Uint32Array): void
}

export interface DecodedTable {
  readonly rows: number
  /** Rows left out because a state or a port cannot be. */
  readonly malformed: number
  /** Rows do not fit the bytes, or mostly make no sense: another layout than the one known here. No row was taken then. */
  readonly foreign: boolean
}

/** MIB_TCP_STATE from 1 on (tcpmib.h). */
const stateCodes = [
  stateCode('CLOSED'),
  listenCode,
  stateCode('SYN_SENT'),
  stateCode('SYN_RECEIVED'),
  stateCode('ESTABLISHED'),
  stateCode('FIN_WAIT_1'),
  stateCode('FIN_WAIT_2'),
  stateCode('CLOSE_WAIT'),
  stateCode('CLOSING'),
  stateCode('LAST_ACK'),
  stateCode('TIME_WAIT'),
  stateCode('DELETE_TCB'),
]
const closedCode = stateCode('CLOSED')
const withoutRemote: { readonly remoteAddress?: number; readonly remotePort?: number } = {}
/** Third word of an IPv4 address kept as ::ffff:a.b.c.d. */
const v4MappedWord = 0xffff

export function decodeOwnerTable({ view, length }: TableBytes, layout: OwnerTableLayout, context: EndpointContext): DecodedTable {
  const end = Math.min(length, view.byteLength)
  const count = end < 4 ? Number.POSITIVE_INFINITY : view.getUint32(0, true)
  if (layout.head + count * layout.rowSize > end && count > 0) return { rows: 0, malformed: 0, foreign: true }
  let malformed = 0
  for (let index = 0; index < count; index += 1)
    if (kindOfRow(view, layout.head + index * layout.rowSize, layout) === 'malformed') malformed += 1
  if (malformed * 2 > count) return { rows: 0, malformed, foreign: true }
  let rows = 0
  for (let index = 0; index < count; index += 1) {
    const row = layout.head + index * layout.rowSize
    if (kindOfRow(view, row, layout) !== 'endpoint') continue
    fillRecord(view, row, layout, context)
    context.take(context.record)
    rows += 1
  }
  return { rows, malformed, foreign: false }
}

/** A socket that was never bound has no port and is no endpoint; only a closed one may be like that. */
function kindOfRow(view: DataView, row: number, layout: OwnerTableLayout): 'endpoint' | 'unbound' | 'malformed' {
  const state = stateOfRow(view, row, layout)
  if (state === undefined) return 'malformed'
  if (portAt(view, row + layout.localPort) !== 0) return 'endpoint'
  return state === closedCode || layout.protocol === 'udp' ? 'unbound' : 'malformed'
}

/** Undefined when there is no such state. */
function stateOfRow(view: DataView, row: number, { state }: OwnerTableLayout): number | undefined {
  return state === undefined ? stateAbsent : stateCodes[view.getUint32(row + state, true) - 1]
}

/** Network order; the two bytes behind it may hold anything. */
function portAt(view: DataView, at: number): number {
  return view.getUint16(at)
}

function fillRecord(view: DataView, row: number, layout: OwnerTableLayout, context: EndpointContext): void {
  const { record } = context
  const state = stateOfRow(view, row, layout) ?? stateAbsent
  // The system leaves whatever was there in the remote half of a listener.
  const { remoteAddress, remotePort } = state === listenCode ? withoutRemote : layout
  record.fill(0, recordWord.head)
  const ports = (portAt(view, row + layout.localPort) << 16) | (remotePort === undefined ? 0 : portAt(view, row + remotePort))
  record[recordWord.head] = packHead(protocolCode(layout.protocol), layout.family, state, 0)
  record[recordWord.ports] = ports >>> 0
  writeAddress(view, row + layout.localAddress, layout.family, record, recordWord.local)
  if (remoteAddress !== undefined) writeAddress(view, row + remoteAddress, layout.family, record, recordWord.remote)
  else if (layout.family === 4) record[recordWord.remote + 2] = v4MappedWord
  record[recordWord.pid] = view.getUint32(row + layout.pid, true)
  record[recordWord.retransmits] = absentCount
  record[recordWord.flags] = flagTupleIdentity
  writeCreation(view, row, layout, record)
  writeOwnerDetails(view, row, layout, context, (ports & 0xffff) !== 0)
}

function writeAddress(view: DataView, at: number, family: 4 | 6, record: Uint32Array, word: number): void {
  if (family === 6) for (let index = 0; index < 4; index += 1) record[word + index] = view.getUint32(at + index * 4)
  else {
    record[word + 2] = v4MappedWord
    record[word + 3] = view.getUint32(at)
  }
}

/** Service and zone as references, and the identity: sockets without a peer may share their tuple, so owner and creation join in. */
function writeOwnerDetails(view: DataView, row: number, layout: OwnerTableLayout, context: EndpointContext, hasPeer: boolean): void {
  const { record } = context
  const pid = record[recordWord.pid] as number
  const tag = layout.serviceTag === undefined || pid === 0 ? 0 : view.getUint32(row + layout.serviceTag, true)
  record[recordWord.service] = tag === 0 ? 0 : context.serviceReference(pid, tag)
  const scope = scopeAt(view, row, layout.localScope, record[recordWord.local] as number)
  const remoteScope = hasPeer ? scopeAt(view, row, layout.remoteScope, record[recordWord.remote] as number) : 0
  const shown = scope === 0 ? remoteScope : scope
  record[recordWord.interface] = shown === 0 ? 0 : context.scopeReference(shown)
  const scopes = scope ^ (remoteScope << 16)
  if (hasPeer) writeEndpointIdentity(record, scopes, 0, 0)
  else writeEndpointIdentity(record, scopes, pid | 0, (record[recordWord.inode] as number) | 0) // small integers need no object
}

/** The zone of an address that needs one, 0 for all others: Windows leaves anything there. */
function scopeAt(view: DataView, row: number, at: number | undefined, firstWord: number): number {
  if (at === undefined || !isZoned(firstWord)) return 0
  const scope = view.getUint32(row + at, true)
  if (scope <= 0xffff) return scope
  // The documentation says network order, the system gives host order: whichever reads as an interface index is meant.
  const swapped = view.getUint32(row + at)
  return swapped <= 0xffff ? swapped : scope
}

/** fe80::/10, and multicast of interface or link (ff01, ff02). */
function isZoned(firstWord: number): boolean {
  const head = firstWord >>> 16
  return (head & 0xffc0) === 0xfe80 || head === 0xff01 || head === 0xff02
}

const ticksPerMillisecond = 10_000
/** 1601-01-01 to 1970-01-01. */
const millisecondsBeforeUnix = 11_644_473_600_000
const two32 = 4_294_967_296

/**
 * FILETIME: 100 ns since 1601, UTC; 0 when unknown. Its low half also tells this socket from a later one with the same tuple. Split so
 * that no step leaves the exact integers of a double: 2^32 ticks are 429,496 ms and 7,296 ticks.
 */
function writeCreation(view: DataView, row: number, { created }: OwnerTableLayout, record: Uint32Array): void {
  if (created === undefined) return
  const low = view.getUint32(row + created, true)
  const high = view.getUint32(row + created + 4, true)
  const unixMs = high * 429_496 + Math.floor((high * 7296 + low) / ticksPerMillisecond) - millisecondsBeforeUnix
  if (unixMs <= 0) return
  record[recordWord.createdLow] = unixMs % two32
  record[recordWord.createdHigh] = Math.floor(unixMs / two32)
  record[recordWord.inode] = low === 0 ? high : low
}
