/**
 * Sort keys: every column as one number per row, so that ordering never touches text. Addresses become numbers directly; texts
 * (names, users, paths) become their rank among the texts in the table.
 */
import { absentCount, absentUnanswered, type ColumnName } from '../../src-shared/model/columns.ts'
import { hasRemote, localService, remoteService } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { tcpStates } from '../../src-shared/model/tcp-state.ts'
import { visibilityCode } from '../../src-shared/model/visibility.ts'
import type { ColumnId, SortTerm } from './column-id.ts'
import { lastSecondsAt, listens, ownerCount, timerShown, userText } from './row-facts.ts'
import { knownRemote } from './row-names.ts'
import type { SmoothedRates } from './smoothed-rates.ts'
import { TextRanks } from './text-ranks.ts'

export interface SortKey {
  /** Writes `keys[slot]` for each slot: smaller is earlier, +Infinity is "not known" and last in both directions. */
  fill(slots: Int32Array, keys: Float64Array): void
  /** Says that texts came that have no rank yet: all keys must be filled anew, with the rows of `slots` counted in. */
  rankTexts(slots: Int32Array): void
  /** True when `fill` met a text without a rank. */
  readonly outdated: boolean
  /** Decides between rows of equal key where one number cannot. */
  readonly tie?: (a: number, b: number) => number
}

type NumberOf = (mirror: RowMirror, slot: number) => number

const counter = (value: number | undefined): number => (value === undefined || value === absentCount ? Number.NaN : value)
const at = (column: ArrayLike<number>, slot: number): number => column[slot] ?? Number.NaN

/** What people read in the state column is chosen by dialect; the RFC words give every dialect the same order. */
const stateRanks = [Number.NaN, ...tcpStates.map((state) => tcpStates.toSorted().indexOf(state))]

const numbers: Partial<Record<ColumnId, NumberOf>> = {
  pid: (mirror, slot) => mirror.ownerOf(slot)?.pid ?? Number.NaN,
  protocol: ({ columns }, slot) => at(columns.protocol, slot) * 2 + (columns.family[slot] === 6 ? 1 : 0),
  state: ({ columns }, slot) => stateRanks[columns.state[slot] ?? 0] ?? Number.NaN,
  localAddress: ({ columns: c }, slot) => addressKey(at(c.local0, slot), at(c.local1, slot), at(c.local2, slot), at(c.local3, slot)),
  localPort: ({ columns }, slot) => at(columns.localPort, slot),
  remoteAddress: (mirror, slot) => {
    if (!hasRemote(mirror, slot)) return Number.NaN
    const c = mirror.columns
    return addressKey(at(c.remote0, slot), at(c.remote1, slot), at(c.remote2, slot), at(c.remote3, slot))
  },
  remotePort: (mirror, slot) => (hasRemote(mirror, slot) ? at(mirror.columns.remotePort, slot) : Number.NaN),
  family: ({ columns }, slot) => at(columns.family, slot),
  // What is shown is the age, which grows as the time of the beginning gets smaller.
  firstSeen: ({ columns }, slot) => 0 - at(columns.firstSeenAt, slot),
  timeInState: ({ columns }, slot) => 0 - at(columns.stateSinceAt, slot),
  created: ({ columns }, slot) => 0 - at(columns.createdAt, slot),
  lastReceived: ({ columns }, slot) => 0 - (lastSecondsAt(columns.lastReceivedSeconds[slot]) ?? Number.NaN),
  lastSent: ({ columns }, slot) => 0 - (lastSecondsAt(columns.lastSentSeconds[slot]) ?? Number.NaN),
  received: ({ columns }, slot) => at(columns.receivedBytes, slot),
  sent: ({ columns }, slot) => at(columns.sentBytes, slot),
  roundTrip: ({ columns }, slot) => at(columns.roundTripMs, slot),
  retransmits: ({ columns }, slot) => counter(columns.retransmits[slot]),
  unanswered: ({ columns: { unanswered } }, slot) => (unanswered[slot] === absentUnanswered ? Number.NaN : at(unanswered, slot)),
  segmentsSent: ({ columns }, slot) => counter(columns.segmentsSent[slot]),
  acceptQueue: ({ columns }, slot) => (listens(columns, slot) ? counter(columns.receiveQueue[slot]) : Number.NaN),
  backlog: ({ columns }, slot) => (listens(columns, slot) ? counter(columns.sendQueue[slot]) : Number.NaN),
  network: (mirror, slot) => knownRemote(mirror, slot).asn ?? Number.NaN,
  owners: (mirror, slot) => ownerCount(mirror, slot) || Number.NaN,
  receiveQueue: ({ columns }, slot) => counter(columns.receiveQueue[slot]),
  sendQueue: ({ columns }, slot) => counter(columns.sendQueue[slot]),
  timer: ({ columns }, slot) => (timerShown(columns, slot) ? at(columns.timerExpiresAt, slot) : Number.NaN),
  ownerNote: (mirror, slot) => {
    const visibility = mirror.columns.visibility[slot] ?? 0
    if (visibility !== visibilityCode('full')) return 1000 + visibility
    const owners = ownerCount(mirror, slot)
    return owners > 1 ? owners : Number.NaN
  },
}

const texts: Partial<Record<ColumnId, (mirror: RowMirror, slot: number) => string | undefined>> = {
  process: (mirror, slot) => mirror.ownerOf(slot)?.name,
  user: userText,
  executable: (mirror, slot) => mirror.ownerOf(slot)?.executable,
  interface: (mirror, slot) => mirror.stringAt(mirror.columns.interface[slot] ?? 0),
  host: (mirror, slot) => knownRemote(mirror, slot).host,
  country: (mirror, slot) => knownRemote(mirror, slot).country,
  localService,
  remoteService,
  service: (mirror, slot) => mirror.stringAt(mirror.columns.service[slot] ?? 0),
}

const numbersOf = (column: ColumnId): NumberOf => numbers[endpointAddress[column] ?? column] ?? (() => Number.NaN)
const endpointAddress: Partial<Record<ColumnId, ColumnId>> = { localEndpoint: 'localAddress', remoteEndpoint: 'remoteAddress' }

/** `rates`: what to order a column of rates by instead of the plain ones. */
export function sortKey(order: SortTerm, mirror: RowMirror, rates?: SmoothedRates): SortKey {
  const textOf = texts[order.column]
  if (textOf !== undefined) return textKey(order, mirror, textOf)
  const valueOf: NumberOf = rates === undefined ? numbersOf(order.column) : (_, slot) => rates.of(slot)
  const tie = addressTie(order, mirror)
  return {
    outdated: false,
    rankTexts: () => undefined,
    fill: (slots, keys) => fillKeys(slots, keys, order.descending, (slot) => valueOf(mirror, slot)),
    ...(tie === undefined ? {} : { tie }),
  }
}

/** Ranks take 21 bits above the 32 of a pid, which a double holds exactly: a process column sorts by name, then pid. */
const pidRange = 2 ** 32

function textKey(
  { column, descending }: SortTerm,
  mirror: RowMirror,
  textOf: (mirror: RowMirror, slot: number) => string | undefined,
): SortKey {
  const ranks = new TextRanks()
  const pidOf = (slot: number): number => mirror.ownerOf(slot)?.pid ?? 0
  const valueOf = (slot: number): number => {
    const text = textOf(mirror, slot)
    if (text === undefined) return Number.NaN
    return column === 'process' ? ranks.rankOf(text) * pidRange + pidOf(slot) : ranks.rankOf(text)
  }
  return {
    get outdated() {
      return ranks.outdated
    },
    rankTexts: (slots) => ranks.rank(slots, (slot) => textOf(mirror, slot)),
    fill: (slots, keys) => fillKeys(slots, keys, descending, valueOf),
  }
}

function fillKeys(slots: Int32Array, keys: Float64Array, descending: boolean, valueOf: (slot: number) => number): void {
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] as number
    const value = valueOf(slot)
    // Subtracting from zero and adding zero never give the negative zero that would sort before zero by its bits.
    keys[slot] = Number.isNaN(value) ? Number.POSITIVE_INFINITY : descending ? 0 - value : value + 0
  }
}

/**
 * A number that grows with the 128 bits of an address and is exact for all of IPv4 (::ffff:0:0/96). Other addresses keep their
 * upper 52 bits; `addressTie` compares the rest.
 */
function addressKey(word0: number, word1: number, word2: number, word3: number): number {
  if (word0 === 0 && word1 === 0) {
    if (word2 === 0xffff) return word3
    return word2 < 0xffff ? -1 : pidRange
  }
  return 2 * pidRange + word0 * 2 ** 20 + (word1 >>> 12)
}

function addressTie({ column, descending }: SortTerm, mirror: RowMirror): SortKey['tie'] {
  const names = tieWords[column]
  if (names === undefined) return undefined
  const sign = descending ? -1 : 1
  return (a, b) => {
    for (const name of names) {
      const words = mirror.columns[name] // read anew each time: the mirror replaces its columns when it grows
      const difference = (words[a] as number) - (words[b] as number)
      if (difference !== 0) return difference * sign
    }
    return 0
  }
}

const localWords = ['local0', 'local1', 'local2', 'local3'] as const
const remoteWords = ['remote0', 'remote1', 'remote2', 'remote3'] as const
const tieWords: Partial<Record<ColumnId, readonly ColumnName[]>> = {
  localAddress: localWords,
  remoteAddress: remoteWords,
  localEndpoint: [...localWords, 'localPort'],
  remoteEndpoint: [...remoteWords, 'remotePort'],
}
