/**
 * One connection as a source sees it: a record of 32-bit words. Sources fill a scratch record per socket and hand it to the row
 * table; the words from `head` to `flags`, and `pid` and the last one, decide whether a row counts as changed.
 *
 * Records and not columns inside the engine: a look touches most words of a row at once, and one record is two cache lines.
 */
import { protocols, timerKinds, type Protocol, type TimerKind } from '../../src-shared/model/columns.ts'

export const recordWord = {
  identityLow: 0,
  identityHigh: 1,
  /** protocol | family << 8 | state << 16 | timer kind << 24 */
  head: 2,
  /** local port << 16 | remote port */
  ports: 3,
  local: 4,
  remote: 8,
  /**
   * The socket's inode on Linux; elsewhere any number that another socket with the same tuple would not have (a part of its creation
   * time). 0 when no process holds the socket, or when there is no such number.
   */
  inode: 12,
  /** String references. */
  user: 13,
  interface: 14,
  receiveQueue: 15,
  sendQueue: 16,
  retransmits: 17,
  receivedLow: 18,
  receivedHigh: 19,
  sentLow: 20,
  sentHigh: 21,
  flags: 22,
  /** Milliseconds until the timer fires. Volatile: counts down without being a change. */
  timerMs: 23,
  /** Smoothed round-trip time in microseconds, 0 when unknown. Volatile. */
  roundTripMicros: 24,
  /** Kept by the table: bytes per second, as 32-bit floats. */
  receiveRate: 25,
  sendRate: 26,
  /** Kept by the table: the sequence of the look that saw the row last. */
  seenAt: 27,
  /** The owner's pid where the system tells it with the socket (Windows, macOS); 0 when it does not. */
  pid: 28,
  /**
   * In the same word, on Linux, where no owner is told: the index of the interface the socket is bound to, 0 for none. Its name is for
   * people; another interface may have that name by now.
   */
  interfaceIndex: 28,
  /** Unix milliseconds of the socket's creation as a 64-bit number, 0 when unknown. */
  createdLow: 29,
  createdHigh: 30,
  /** String reference: the service behind the socket where its process hosts several (Windows). */
  service: 31,
  /**
   * In the same three words where `flagActivity` is set (Linux, which tells neither creation nor service): Unix seconds of the last data
   * in each direction, 0 when unknown, and segments sent, `absentCount` when unknown. The times are not volatile as the kernel's ages
   * are, but no change by themselves either: data moves other words.
   */
  lastReceivedSeconds: 29,
  lastSentSeconds: 30,
  segmentsSent: 31,
} as const

/** Two cache lines of 64 bytes exactly. */
export const recordWords = 32

/** flags: the byte counters and retransmits of this record were told by the system. */
export const flagCounters = 1
/** flags: the identity is a hash of the tuple, not a kernel cookie. */
export const flagTupleIdentity = 2
/** flags: the queues were told. */
export const flagQueues = 4
/** flags: the last three words are times of data and segments, not creation and service. */
export const flagActivity = 8
/** flags: retransmissions or probes without an answer were told; the highest byte counts them. */
export const flagUnanswered = 16

/** The highest count kept; the byte's last value is for "absent" in the columns. */
const maximumUnanswered = 254

/** Bits for `flags`. */
export const unansweredFlags = (count: number): number => (flagUnanswered | (Math.min(count, maximumUnanswered) << 24)) >>> 0
export const unansweredOfFlags = (flags: number): number => flags >>> 24

export function packHead(protocol: number, family: number, state: number, timerKind: number): number {
  return (protocol | (family << 8) | (state << 16) | (timerKind << 24)) >>> 0
}

export const protocolOfHead = (head: number): number => head & 255
export const familyOfHead = (head: number): number => (head >>> 8) & 255
export const stateOfHead = (head: number): number => (head >>> 16) & 255
export const timerKindOfHead = (head: number): number => head >>> 24

export function protocolCode(protocol: Protocol): number {
  return protocols.indexOf(protocol)
}

export function timerKindCode(kind: TimerKind): number {
  return timerKinds.indexOf(kind)
}
