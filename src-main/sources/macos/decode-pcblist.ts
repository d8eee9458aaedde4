/**
 * The stream of sysctl net.inet.{tcp,udp}.pcblist_n: a header, per socket a few records, a closing header. Pure and total. Layouts
 * from xnu's bsd/netinet/in_pcb.h, bsd/sys/socketvar.h and tcp_var.h, packed to four bytes; the same from macOS 10.15 on. Records
 * may grow at their end: the length each one tells is obeyed.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { listenCode, stateAbsent } from '../../../src-shared/model/tcp-state.ts'
import { hashPair } from '../../table/identity-index.ts'
import { flagCounters, flagQueues, packHead, recordWord, unansweredFlags } from '../../table/row-record.ts'
import type { LabelReferences } from '../label-cache.ts'
import { handOver } from './hand-over.ts'
import { stateCodeOfNumber } from './macos-states.ts'
import { takeEmbeddedScope, writeIdentity } from './socket-identity.ts'

/**
 * What the four byte counters of a socket are: up to macOS 14 one per traffic class, to be added up; from macOS 15 the first counts
 * data and the second drops (xnu-11215).
 */
export type CounterLayout = 'traffic-classes' | 'data-first'

export interface PcblistContext {
  readonly protocol: 'tcp' | 'udp'
  /** Absent: the counters are not told. */
  readonly counters: CounterLayout | undefined
  readonly record: Uint32Array
  readonly labels: LabelReferences
  /** The record is reused. `workedFor` is the process on whose behalf the owner uses the socket, 0 when there is none. */
  readonly take: (record: Uint32Array, workedFor: number) => void
}

export type PcblistFault = 'no-header' | 'torn' | 'impossible-record-length'

export interface PcblistOutcome {
  /** Those that were never bound among them, which are not handed on. */
  readonly sockets: number
  /** Why the stream was given up before its end; sockets behind that are missing. */
  readonly fault?: PcblistFault
  /** Sockets or parts of them that were too short for their kind. */
  readonly malformed: number
  /** Records of a kind this decoder does not know; they are passed over. */
  readonly unknownKinds: number
}

/** struct xinpgen; the closing one is told from records by its length. */
const headerBytes = 24
/** The longest record known has about 210 bytes. */
export const longestRecordBytes = 512
const kindBuffer = 0x00 // a buffer of a flow without a socket
const kindSocket = 0x01
const kindReceiveBuffer = 0x02
const kindSendBuffer = 0x04
const kindStatistics = 0x08
const kindPcb = 0x10
const kindTcp = 0x20
/** What is read of each kind lies below this. */
const leastBytes = { pcb: 80, socket: 76, buffer: 12, statistics: 136, tcp: 148 } as const
const two32 = 4_294_967_296
const trafficClassBytes = 32

/** Offsets of the parts of the socket being read, 0 for one that did not come. */
interface Parts {
  pcb: number
  socket: number
  receiveBuffer: number
  sendBuffer: number
  statistics: number
  tcp: number
}

export function decodePcblist(bytes: Uint8Array, context: PcblistContext): PcblistOutcome {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.byteLength
  const parts: Parts = { pcb: 0, socket: 0, receiveBuffer: 0, sendBuffer: 0, statistics: 0, tcp: 0 }
  const counts = { sockets: 0, malformed: 0, unknownKinds: 0 }
  if (length < headerBytes || view.getUint32(0, true) !== headerBytes) return { ...counts, fault: 'no-header' }
  // Without any socket the kernel sends the first header only.
  if (length === headerBytes) return view.getUint32(4, true) === 0 ? counts : { ...counts, fault: 'torn' }
  let at = headerBytes
  for (;;) {
    if (at + 8 > length) return { ...counts, fault: 'torn' }
    const recordLength = view.getUint32(at, true)
    if (recordLength !== headerBytes && (recordLength < 8 || recordLength > longestRecordBytes))
      return { ...counts, fault: 'impossible-record-length' }
    if (at + recordLength > length) return { ...counts, fault: 'torn' }
    const closing = recordLength === headerBytes
    const kind = closing ? kindPcb : view.getUint32(at + 4, true)
    // A socket is complete only when the next one begins.
    if (kind === kindPcb && parts.pcb !== 0) {
      emit(view, parts, context)
      counts.sockets += 1
    }
    if (closing) return counts
    const placed = place(parts, kind, at, recordLength)
    if (placed === 'unknown') counts.unknownKinds += 1
    else if (placed === 'short') counts.malformed += 1
    at += (recordLength + 7) & ~7
  }
}

function place(parts: Parts, kind: number, at: number, length: number): 'placed' | 'short' | 'unknown' {
  switch (kind) {
    case kindPcb: {
      const fits = length >= leastBytes.pcb
      parts.pcb = fits ? at : 0
      parts.socket = parts.receiveBuffer = parts.sendBuffer = parts.statistics = parts.tcp = 0
      return fits ? 'placed' : 'short'
    }
    case kindSocket: {
      if (length < leastBytes.socket) return 'short'
      parts.socket = at
      return 'placed'
    }
    case kindReceiveBuffer: {
      if (length < leastBytes.buffer) return 'short'
      parts.receiveBuffer = at
      return 'placed'
    }
    case kindSendBuffer: {
      if (length < leastBytes.buffer) return 'short'
      parts.sendBuffer = at
      return 'placed'
    }
    case kindStatistics: {
      if (length < leastBytes.statistics) return 'short'
      parts.statistics = at
      return 'placed'
    }
    case kindTcp: {
      if (length < leastBytes.tcp) return 'short'
      parts.tcp = at
      return 'placed'
    }
    default: {
      return kind === kindBuffer ? 'placed' : 'unknown'
    }
  }
}

function emit(view: DataView, parts: Parts, { protocol, counters, record, labels, take }: PcblistContext): void {
  const { pcb, socket, tcp } = parts
  record.fill(0)
  const state = protocol === 'udp' || tcp === 0 ? stateAbsent : stateCodeOfNumber(view.getInt32(tcp + 36, true))
  const family = familyOf(view, parts)
  record[recordWord.head] = packHead(protocol === 'tcp' ? 0 : 1, family, state, 0)
  const listening = state === listenCode
  const remotePort = listening ? 0 : view.getUint16(pcb + 16)
  record[recordWord.ports] = ((view.getUint16(pcb + 18) << 16) | remotePort) >>> 0
  const scope = writeAddresses(view, pcb, family, listening, record)
  record[recordWord.interface] = scope === 0 ? 0 : labels.interface(scope)
  record[recordWord.user] = socket === 0 ? 0 : labels.user(view.getUint32(socket + 64, true))
  record[recordWord.pid] = socket === 0 ? 0 : Math.max(0, view.getInt32(socket + 68, true))
  record[recordWord.retransmits] = absentCount
  writeQueues(view, parts, listening, record)
  if (counters !== undefined && parts.statistics !== 0) writeCounters(view, parts.statistics, counters, record)
  if (tcp !== 0) writeTcp(view, tcp, listening, record)
  writeIdentity(record, view.getUint32(pcb + 28, true), view.getUint32(pcb + 32, true), distinctPointer(view, pcb))
  handOver(record, socket === 0 ? 0 : Math.max(0, view.getInt32(socket + 72, true)), take)
}

/** AF_INET6 of the socket itself counts: one that was made for IPv6 and speaks IPv4 is marked IPv4 in inp_vflag. */
function familyOf(view: DataView, { pcb, socket }: Parts): 4 | 6 {
  const AF_INET6 = 30
  if (socket !== 0 && view.getInt32(socket + 40, true) === AF_INET6) return 6
  return (view.getUint8(pcb + 44) & 2) === 0 ? 4 : 6
}

/** Returns the interface of a link-local address, 0 when there is none. inp_vflag: 1 IPv4, 2 IPv6, 3 both. */
function writeAddresses(view: DataView, pcb: number, family: 4 | 6, listening: boolean, record: Uint32Array): number {
  const isV6 = (view.getUint8(pcb + 44) & 2) !== 0
  writeAddress(view, pcb + 64, isV6, record, recordWord.local)
  if (listening) record[recordWord.remote + 2] = family === 4 ? 0xffff : 0
  else writeAddress(view, pcb + 48, isV6, record, recordWord.remote)
  if (!isV6) return 0
  return takeEmbeddedScope(record)
}

/** An IPv4 address fills the last four of the sixteen bytes. */
function writeAddress(view: DataView, at: number, isV6: boolean, record: Uint32Array, word: number): void {
  if (isV6) for (let index = 0; index < 4; index += 1) record[word + index] = view.getUint32(at + index * 4)
  else {
    record[word + 2] = 0xffff
    record[word + 3] = view.getUint32(at + 12)
  }
}

/** Of a listener, connections that wait for accept() and how many may; else bytes. */
function writeQueues(view: DataView, parts: Parts, listening: boolean, record: Uint32Array): void {
  const { socket, receiveBuffer, sendBuffer } = parts
  record[recordWord.receiveQueue] = absentCount
  record[recordWord.sendQueue] = absentCount
  if (listening && socket !== 0) {
    record[recordWord.receiveQueue] = Math.max(0, view.getInt16(socket + 44, true))
    record[recordWord.sendQueue] = Math.max(0, view.getInt16(socket + 48, true))
  } else if (!listening && receiveBuffer !== 0 && sendBuffer !== 0) {
    record[recordWord.receiveQueue] = view.getUint32(receiveBuffer + 8, true)
    record[recordWord.sendQueue] = view.getUint32(sendBuffer + 8, true)
  } else return
  record[recordWord.flags] = flagQueues
}

function writeCounters(view: DataView, at: number, layout: CounterLayout, record: Uint32Array): void {
  const entries = layout === 'traffic-classes' ? 4 : 1
  addUp(view, at + 16, entries, record, recordWord.receivedLow)
  addUp(view, at + 32, entries, record, recordWord.sentLow)
  record[recordWord.flags] = (record[recordWord.flags] as number) | flagCounters
}

/** t_srtt counts 32nds of a millisecond; t_rxtshift is how often the retransmission or persist timer fired in a row. */
function writeTcp(view: DataView, at: number, listening: boolean, record: Uint32Array): void {
  record[recordWord.roundTripMicros] = Math.round((Math.max(0, view.getInt32(at + 136, true)) * 1000) / 32)
  if (listening) return
  record[recordWord.flags] = (record[recordWord.flags] as number) | unansweredFlags(Math.max(0, view.getInt32(at + 144, true)))
}

/** In halves, for a 64-bit counter does not fit a double. */
function addUp(view: DataView, at: number, entries: number, record: Uint32Array, word: number): void {
  let low = 0
  let high = 0
  for (let entry = 0; entry < entries; entry += 1) {
    low += view.getUint32(at + entry * trafficClassBytes, true)
    high += view.getUint32(at + entry * trafficClassBytes + 4, true)
  }
  record[word] = low % two32
  record[word + 1] = high + Math.floor(low / two32)
}

/** The (hashed) address of the control block: another one is another socket, as far as is known. */
function distinctPointer(view: DataView, pcb: number): number {
  return hashPair(view.getUint32(pcb + 8, true), view.getUint32(pcb + 12, true))
}
