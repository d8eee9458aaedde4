/**
 * /proc/net/{tcp,tcp6,udp,udp6} as bytes (proc_net_tcp.txt of the kernel documentation). Pure and total: a bad line is counted and
 * skipped. Addresses are hexadecimal words in the machine's byte order, ports are plain hexadecimal.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { boundCode, listenCode } from '../../../src-shared/model/tcp-state.ts'
import { flagQueues, flagTupleIdentity, packHead, recordWord, timerKindCode, unansweredFlags } from '../../table/row-record.ts'
import { writeTupleIdentity } from '../../table/tuple-identity.ts'
import { swapWord } from './swap-word.ts'

export interface ProcNetTable {
  readonly protocol: 'tcp' | 'udp'
  readonly family: 4 | 6
}

const newline = 10
const space = 32
const colon = 58
/** USER_HZ: the unit of the timer column. 100 on every architecture Linux runs desktops and servers on. */
const millisecondsPerTick = 10
const retransmitTimer = timerKindCode('retransmit')
const procTimers = [timerKindCode('none'), retransmitTimer, timerKindCode('keepalive'), timerKindCode('time-wait'), timerKindCode('probe')]

/** Fills `record` once per socket and hands it to `take`. Returns the number of lines that made no sense. */
export function parseProcNet(
  bytes: Uint8Array,
  { protocol, family }: ProcNetTable,
  { record, userReference, take }: { record: Uint32Array; userReference: (uid: number) => number; take: (record: Uint32Array) => void },
): number {
  const line = new LineReader(bytes)
  let malformed = 0
  let start = bytes.indexOf(newline) + 1 // the first line is the heading
  while (start > 0 && start < bytes.length) {
    const end = bytes.indexOf(newline, start)
    if (end < 0) break // a torn last line is dropped
    line.enter(start, end)
    if (readLine(line, protocol, family, record, userReference)) take(record)
    else malformed += 1
    start = end + 1
  }
  return malformed
}

/** "sl: local:port remote:port st tx:rx tr:when retransmits uid timeout inode …"; "timeout" counts unanswered probes. */
function readLine(
  line: LineReader,
  protocol: 'tcp' | 'udp',
  family: 4 | 6,
  record: Uint32Array,
  userReference: (uid: number) => number,
): boolean {
  line.skipPast(colon)
  readAddress(line, family, record, recordWord.local)
  const localPort = line.hex(colon)
  readAddress(line, family, record, recordWord.remote)
  const remotePort = line.hex(colon)
  const kernelState = line.hex()
  const sendQueue = line.hex()
  const receiveQueue = line.hex(colon)
  const timer = line.hex()
  const timerTicks = line.hex(colon)
  const retransmits = line.hex() // of the segment in flight, not of the connection
  const uid = line.decimal()
  const probes = line.decimal()
  const inode = line.decimal()
  if (line.failed || kernelState > 13 || localPort > 0xffff || remotePort > 0xffff) return false
  const state = protocol === 'tcp' ? stateOf(kernelState) : 0
  record[recordWord.head] = packHead(protocol === 'tcp' ? 0 : 1, family, state, procTimers[timer] ?? 0)
  record[recordWord.ports] = ((localPort << 16) | remotePort) >>> 0
  record[recordWord.inode] = inode
  record[recordWord.user] = inode === 0 ? 0 : userReference(uid)
  record[recordWord.interface] = 0
  record[recordWord.receiveQueue] = receiveQueue
  record[recordWord.sendQueue] = state === listenCode ? absentCount : sendQueue // /proc does not tell the backlog limit
  record[recordWord.retransmits] = absentCount
  const unanswered = procTimers[timer] === retransmitTimer ? retransmits : probes
  const told = protocol === 'tcp' && remotePort !== 0
  record[recordWord.flags] = (flagQueues | flagTupleIdentity | (told ? unansweredFlags(unanswered) : 0)) >>> 0
  record[recordWord.timerMs] = timerTicks * millisecondsPerTick
  record[recordWord.roundTripMicros] = 0
  // Sockets without a peer, and UDP sockets with one, may share their tuple (SO_REUSEPORT), so their inode joins in; that of a TCP
  // connection does not, because accept() and close() change it.
  writeTupleIdentity(record, protocol === 'udp' || remotePort === 0 ? inode : 0)
  return true
}

/** 12 is TCP_NEW_SYN_RECV, 13 TCP_BOUND_INACTIVE of include/net/tcp_states.h. */
function stateOf(kernelState: number): number {
  if (kernelState === 13) return boundCode
  return kernelState === 12 ? 3 : kernelState
}

function readAddress(line: LineReader, family: 4 | 6, record: Uint32Array, at: number): void {
  line.skipSpaces()
  if (family === 6) {
    for (let index = 0; index < 4; index += 1) record[at + index] = swapWord(line.hexDigits(8))
    return
  }
  record[at] = 0
  record[at + 1] = 0
  record[at + 2] = 0xffff
  record[at + 3] = swapWord(line.hexDigits(8))
}

/** Walks over the numbers of one line. A failure sticks and makes every later answer 0. */
class LineReader {
  failed = false
  readonly #bytes: Uint8Array
  #at = 0
  #end = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  enter(start: number, end: number): void {
    this.#at = start
    this.#end = end
    this.failed = false
  }

  skipPast(byte: number): void {
    while (this.#at < this.#end && this.#bytes[this.#at] !== byte) this.#at += 1
    this.#at += 1
  }

  skipSpaces(): void {
    while (this.#at < this.#end && this.#bytes[this.#at] === space) this.#at += 1
  }

  /** A hexadecimal number after spaces, or after `separator`. */
  hex(separator = space): number {
    if (separator === space) this.skipSpaces()
    else if (this.#bytes[this.#at] === separator) this.#at += 1
    else this.failed = true
    return this.#digits(16, 8)
  }

  hexDigits(count: number): number {
    const start = this.#at
    const value = this.#digits(16, count)
    if (this.#at - start !== count) this.failed = true
    return value
  }

  decimal(): number {
    this.skipSpaces()
    return this.#digits(10, 10)
  }

  #digits(base: 10 | 16, most: number): number {
    let value = 0
    let count = 0
    while (count < most && this.#at < this.#end) {
      const digit = digitOf(this.#bytes[this.#at] as number)
      if (digit < 0 || digit >= base) break
      value = value * base + digit
      this.#at += 1
      count += 1
    }
    if (count === 0 || value > 0xffffffff) this.failed = true
    return this.failed ? 0 : value
  }
}

function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  if (byte >= 65 && byte <= 70) return byte - 55
  if (byte >= 97 && byte <= 102) return byte - 87
  return -1
}
