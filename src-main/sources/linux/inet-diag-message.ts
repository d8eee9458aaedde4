/**
 * The answers of sock_diag decoded into records. Pure. Layouts from include/uapi/linux/{netlink,sock_diag,inet_diag,tcp}.h.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { boundCode, stateCode } from '../../../src-shared/model/tcp-state.ts'
import { EBADMSG } from '../../native/linux/errno-names.ts'
import { flagActivity, flagCounters, flagQueues, packHead, recordWord, timerKindCode, unansweredFlags } from '../../table/row-record.ts'
import { AF_INET, INET_DIAG_INFO, IPPROTO_TCP, SOCK_DIAG_BY_FAMILY, TCPDIAG_GETSOCK, netlinkHeaderBytes } from './inet-diag-request.ts'
import { swapWord } from './swap-word.ts'
import type { LabelReferences } from '../label-cache.ts'

const NLM_F_DUMP_INTR = 0x10
const NLMSG_ERROR = 2
const NLMSG_DONE = 3
const inetDiagMessageBytes = 72

/** One answer as received, over one memory. */
export interface Answer {
  readonly bytes: Uint8Array
  readonly words: Uint32Array
  readonly halves: Uint16Array
  readonly length: number
}

export interface AnswerOutcome {
  /** The dump ended, or the single request was answered. */
  readonly finished: boolean
  /** Positive errno the kernel answered, or EBADMSG when the answer broke off in the middle. */
  readonly error?: number
  /** The table changed under the dump in a way that may have lost rows. */
  readonly interrupted: boolean
  /** Messages that contradicted themselves and were skipped. */
  readonly malformed: number
}

export interface DecodeOrder {
  readonly sequence: number
  readonly protocol: number
  readonly labels: LabelReferences
  readonly record: Uint32Array
  /** Unix milliseconds of the dump, from which the kernel's ages count back; absent: times of data are not wanted. */
  readonly takenAt?: number
}

/**
 * Reads every message of one answer that belongs to `sequence` and hands a record per socket to `take`. The record is reused.
 * Total: whatever the bytes are, it ends and does not throw.
 */
export function decodeAnswer(
  answer: Answer,
  order: DecodeOrder,
  take: (record: Uint32Array, interfaceIndex: number) => void,
): AnswerOutcome {
  const { sequence, record } = order
  const { words, halves, length } = answer
  let interrupted = false
  let malformed = 0
  let offset = 0
  while (offset + netlinkHeaderBytes <= length) {
    const messageLength = words[offset >> 2] as number
    if (messageLength < netlinkHeaderBytes || offset + messageLength > length) return broken(interrupted, malformed)
    const type = halves[(offset >> 1) + 2] as number
    const flags = halves[(offset >> 1) + 3] as number
    if (words[(offset >> 2) + 2] === sequence) {
      if ((flags & NLM_F_DUMP_INTR) !== 0) interrupted = true
      if (type === NLMSG_DONE || type === NLMSG_ERROR) {
        if (messageLength < netlinkHeaderBytes + 4) return broken(interrupted, malformed)
        const code = (words[(offset >> 2) + 4] as number) | 0
        return code < 0 ? { finished: true, error: -code, interrupted, malformed } : { finished: true, interrupted, malformed }
      }
      if (type === SOCK_DIAG_BY_FAMILY || type === TCPDIAG_GETSOCK) {
        if (messageLength >= netlinkHeaderBytes + inetDiagMessageBytes) {
          decodeSocket(answer, offset, messageLength, order)
          take(record, words[(offset + 56) >> 2] as number)
        } else malformed += 1
      }
    }
    offset += (messageLength + 3) & ~3
  }
  return { finished: false, interrupted, malformed }
}

/** The rest of the answer is lost. It must not pass for a complete table, or its rows would seem to be gone. */
function broken(interrupted: boolean, malformed: number): AnswerOutcome {
  return { finished: true, error: EBADMSG, interrupted, malformed: malformed + 1 }
}

const timerCodes = [
  timerKindCode('none'),
  timerKindCode('retransmit'),
  timerKindCode('keepalive'),
  timerKindCode('time-wait'),
  timerKindCode('probe'),
]

/** TCP_NEW_SYN_RECV is an internal twin of SYN_RECV; 13 is TCP_BOUND_INACTIVE. State 7 with a port but no listener is "bound" too. */
function stateCodeOf(kernelState: number, protocol: number, localPort: number): number {
  if (protocol !== IPPROTO_TCP) return 0
  if (kernelState === 12) return 3
  if (kernelState === 13 || (kernelState === 7 && localPort !== 0)) return boundCode
  return kernelState <= 11 ? kernelState : 0
}

function decodeSocket(answer: Answer, offset: number, messageLength: number, order: DecodeOrder): void {
  const { bytes, words } = answer
  const { protocol, labels, record } = order
  const at = offset + netlinkHeaderBytes
  const word = at >> 2
  const family = bytes[at] === AF_INET ? 4 : 6
  const localPort = ((bytes[at + 4] as number) << 8) | (bytes[at + 5] as number)
  const remotePort = ((bytes[at + 6] as number) << 8) | (bytes[at + 7] as number)
  const inode = words[word + 17] as number
  const timer = timerCodes[bytes[at + 2] as number] ?? 0
  record[recordWord.identityLow] = words[word + 11] as number
  record[recordWord.identityHigh] = words[word + 12] as number
  record[recordWord.head] = packHead(
    protocol === IPPROTO_TCP ? 0 : 1,
    family,
    stateCodeOf(bytes[at + 1] as number, protocol, localPort),
    timer,
  )
  record[recordWord.ports] = ((localPort << 16) | remotePort) >>> 0
  copyAddress(words, word + 2, family, record, recordWord.local)
  copyAddress(words, word + 6, family, record, recordWord.remote)
  record[recordWord.inode] = inode
  record[recordWord.user] = inode === 0 ? 0 : labels.user(words[word + 16] as number)
  record[recordWord.interface] = words[word + 10] === 0 ? 0 : labels.interface(words[word + 10] as number)
  record[recordWord.interfaceIndex] = words[word + 10] as number
  record[recordWord.receiveQueue] = words[word + 14] as number
  record[recordWord.sendQueue] = words[word + 15] as number
  record[recordWord.timerMs] = words[word + 13] as number
  record[recordWord.flags] = flagQueues
  clearCounters(record)
  // A listener has a tcp_info too, but nothing was ever sent or received through it.
  if (remotePort === 0) return
  if (protocol === IPPROTO_TCP) record[recordWord.flags] = flagQueues | unansweredFlags(bytes[at + 3] as number)
  decodeAttributes(answer, offset + netlinkHeaderBytes + inetDiagMessageBytes, offset + messageLength, record, order.takenAt ?? 0)
  discountFin(bytes[at + 1] as number, record)
  if (statesBeforeData.has(bytes[at + 1] as number)) record[recordWord.lastReceivedSeconds] = record[recordWord.lastSentSeconds] = 0
}

/** Until the handshake is over, the kernel's ages count from nowhere. 12 is TCP_NEW_SYN_RECV. */
const statesBeforeData: ReadonlySet<number> = new Set([stateCode('SYN_SENT'), stateCode('SYN_RECEIVED'), stateCode('CLOSED'), 12])

/** tcpi_bytes_received counts sequence numbers, of which the peer's FIN takes one; in these states it has come. */
const statesAfterPeersFin: ReadonlySet<number> = new Set([stateCode('CLOSE_WAIT'), stateCode('LAST_ACK'), stateCode('CLOSING')])

function discountFin(kernelState: number, record: Uint32Array): void {
  const low = record[recordWord.receivedLow] as number
  if (low > 0 && statesAfterPeersFin.has(kernelState)) record[recordWord.receivedLow] = low - 1
}

function clearCounters(record: Uint32Array): void {
  record[recordWord.retransmits] = absentCount
  record[recordWord.receivedLow] = 0
  record[recordWord.receivedHigh] = 0
  record[recordWord.sentLow] = 0
  record[recordWord.sentHigh] = 0
  record[recordWord.roundTripMicros] = 0
  record[recordWord.lastReceivedSeconds] = 0
  record[recordWord.lastSentSeconds] = 0
  record[recordWord.segmentsSent] = 0
}

/** Kernel words hold network-order bytes in this machine's order; records hold numbers. */
function copyAddress(words: Uint32Array, from: number, family: number, record: Uint32Array, to: number): void {
  if (family === 4) {
    record[to] = 0
    record[to + 1] = 0
    record[to + 2] = 0xffff
    record[to + 3] = swapWord(words[from] as number)
    return
  }
  for (let index = 0; index < 4; index += 1) record[to + index] = swapWord(words[from + index] as number)
}

function decodeAttributes({ words, halves }: Answer, from: number, end: number, record: Uint32Array, takenAt: number): void {
  let at = from
  while (at + 4 <= end) {
    const length = halves[at >> 1] as number
    if (length < 4 || at + length > end) return
    if (((halves[(at >> 1) + 1] as number) & 0x3fff) === INET_DIAG_INFO) decodeTcpInfo(words, (at + 4) >> 2, length - 4, record, takenAt)
    at += (length + 3) & ~3
  }
}

/**
 * struct tcp_info grows with the kernel, so each field is read only when the length reaches it. Sent bytes are tcpi_bytes_sent
 * less the retransmitted ones (5.5 and later), else tcpi_bytes_acked, which counts SYN and FIN as well (4.1 and later). Segments sent
 * are tcpi_segs_out (4.2 and later). The ages tcpi_last_data_sent and tcpi_last_data_recv are milliseconds and begin anew after 49 days.
 */
function decodeTcpInfo(words: Uint32Array, at: number, length: number, record: Uint32Array, takenAt: number): void {
  if (length < 104) return
  record[recordWord.flags] = (record[recordWord.flags] as number) | flagActivity
  record[recordWord.lastSentSeconds] = secondsBefore(takenAt, words[at + 11] as number)
  record[recordWord.lastReceivedSeconds] = secondsBefore(takenAt, words[at + 13] as number)
  record[recordWord.segmentsSent] = length < 140 ? absentCount : (words[at + 34] as number)
  record[recordWord.roundTripMicros] = words[at + 17] as number
  record[recordWord.retransmits] = words[at + 25] as number
  if (length < 136) return
  record[recordWord.flags] = (record[recordWord.flags] as number) | flagCounters
  record[recordWord.receivedLow] = words[at + 32] as number
  record[recordWord.receivedHigh] = words[at + 33] as number
  if (length < 216) {
    record[recordWord.sentLow] = words[at + 30] as number
    record[recordWord.sentHigh] = words[at + 31] as number
    return
  }
  const low = (words[at + 50] as number) - (words[at + 52] as number)
  record[recordWord.sentLow] = low >>> 0
  record[recordWord.sentHigh] = (words[at + 51] as number) - (words[at + 53] as number) - (low < 0 ? 1 : 0)
}

/** Unix seconds; 0 when that lies before 1970. */
function secondsBefore(takenAt: number, ageMs: number): number {
  return Math.max(0, Math.floor((takenAt - ageMs) / 1000))
}
