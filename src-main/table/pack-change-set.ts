/** Makes change sets from the row table: everything that happened after a sequence, or everything there is. */
import { absentCount, absentUnanswered, type Columns } from '../../src-shared/model/columns.ts'
import { allocateChangeSetRows, type ChangeSet } from '../../src-shared/model/change-set.ts'
import {
  familyOfHead,
  flagActivity,
  flagCounters,
  flagQueues,
  flagTupleIdentity,
  flagUnanswered,
  protocolOfHead,
  recordWord,
  recordWords,
  stateOfHead,
  timerKindOfHead,
  unansweredOfFlags,
} from './row-record.ts'
import type { RowTable } from './row-table.ts'

export interface KnownState {
  readonly session?: string | undefined
  readonly sequence: number
}

const two32 = 4_294_967_296

/** The set that brings a consumer from what it knows to now; a full one when it knows another session or lags too far. */
export function packChangeSet(table: RowTable, known: KnownState): ChangeSet {
  if (known.session !== table.session || known.sequence > table.sequence) return pack(table, undefined)
  return pack(table, known.sequence)
}

/** A full set of one row only, for a question about that row. */
export function packRow(table: RowTable, slot: number): ChangeSet {
  return packSlots(table, { added: [slot], changed: [] }, undefined, [], [])
}

function pack(table: RowTable, since: number | undefined): ChangeSet {
  const removed = since === undefined ? [] : table.removedLog.since(since)
  const forgotten = since === undefined ? [] : table.processes.forgottenSince(since)
  if (since !== undefined && (removed === undefined || forgotten === undefined)) return pack(table, undefined)
  return packSlots(table, touchedSlots(table, since), since, removed ?? [], forgotten ?? [])
}

interface Touched {
  readonly added: readonly number[]
  readonly changed: readonly number[]
}

function packSlots(
  table: RowTable,
  { added, changed }: Touched,
  since: number | undefined,
  removed: readonly number[],
  forgotten: readonly number[],
): ChangeSet {
  const rows = allocateChangeSetRows(added.length, changed.length, removed.length)
  fillColumns(table, added, rows.added)
  fillColumns(table, changed, rows.changed)
  rows.removed.set(removed)
  const strings = table.strings.since(since ?? -1)
  return {
    header: {
      session: table.session,
      sequence: table.sequence,
      kind: since === undefined ? 'full' : 'delta',
      since: since ?? 0,
      takenAt: table.takenAt,
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      firstString: strings.first,
      strings: strings.texts,
      processes: table.processes.since(since ?? -1),
      forgottenProcesses: forgotten,
      sharedRows: sharedRows(table, [added, changed]),
    },
    bytes: rows.bytes,
  }
}

function touchedSlots(table: RowTable, since: number | undefined): Touched {
  const { live, addedAt, changedAt, top } = table
  const after = since ?? -1
  const added: number[] = []
  const changed: number[] = []
  for (let slot = 0; slot < top; slot += 1) {
    if (live[slot] === 0 || (changedAt[slot] as number) <= after) continue
    if ((addedAt[slot] as number) > after) added.push(slot)
    else changed.push(slot)
  }
  return { added, changed }
}

function sharedRows(table: RowTable, lists: readonly (readonly number[])[]): number[][] {
  if (table.sharedOwners.size === 0) return []
  return lists.flatMap((slots) =>
    slots.flatMap((slot) => {
      const owners = table.sharedOwners.get(slot)
      return owners === undefined ? [] : [[table.rowId[slot] as number, ...owners]]
    }),
  )
}

/** Columns that are one word of the record each. */
const wordColumns = [
  ['identityLow', recordWord.identityLow],
  ['identityHigh', recordWord.identityHigh],
  ['local0', recordWord.local],
  ['local1', recordWord.local + 1],
  ['local2', recordWord.local + 2],
  ['local3', recordWord.local + 3],
  ['remote0', recordWord.remote],
  ['remote1', recordWord.remote + 1],
  ['remote2', recordWord.remote + 2],
  ['remote3', recordWord.remote + 3],
  ['user', recordWord.user],
  ['interface', recordWord.interface],
] as const

function fillColumns(table: RowTable, slots: readonly number[], columns: Columns): void {
  for (const [name, word] of wordColumns) gatherWords(table.records, word, slots, columns[name])
  gather(table.rowId, slots, columns.rowId)
  gather(table.owner, slots, columns.owner)
  gather(table.visibility, slots, columns.visibility)
  gather(table.firstSeenAt, slots, columns.firstSeenAt)
  gather(table.stateSinceAt, slots, columns.stateSinceAt)
  fillLastWords(table, slots, columns)
  fillHead(table, slots, columns)
  fillMeasures(table, slots, columns)
}

function gatherWords(records: Uint32Array, word: number, slots: readonly number[], column: Uint32Array): void {
  for (let row = 0; row < slots.length; row += 1) column[row] = records[(slots[row] as number) * recordWords + word] as number
}

function gather<T extends Uint8Array | Uint32Array | Float64Array>(from: T, slots: readonly number[], column: T): void {
  for (let row = 0; row < slots.length; row += 1) column[row] = from[slots[row] as number] as number
}

/** The words that mean one thing or another, as the flags say. */
function fillLastWords({ records }: RowTable, slots: readonly number[], columns: Columns): void {
  const { createdAt, service, lastReceivedSeconds, lastSentSeconds, segmentsSent } = columns
  for (let row = 0; row < slots.length; row += 1) {
    const base = (slots[row] as number) * recordWords
    const active = ((records[base + recordWord.flags] as number) & flagActivity) !== 0
    const created = active ? 0 : longAt(records, base + recordWord.createdLow)
    createdAt[row] = created === 0 ? Number.NaN : created
    service[row] = active ? 0 : (records[base + recordWord.service] as number)
    lastReceivedSeconds[row] = active ? (records[base + recordWord.lastReceivedSeconds] as number) : 0
    lastSentSeconds[row] = active ? (records[base + recordWord.lastSentSeconds] as number) : 0
    segmentsSent[row] = active ? (records[base + recordWord.segmentsSent] as number) : absentCount
  }
}

function fillHead({ records, timerExpiresAt }: RowTable, slots: readonly number[], columns: Columns): void {
  const { protocol, family, state, timerKind, timerExpiresAt: expiresAt, localPort, remotePort, identityKind, unanswered } = columns
  for (let row = 0; row < slots.length; row += 1) {
    const slot = slots[row] as number
    const base = slot * recordWords
    const head = records[base + recordWord.head] as number
    const ports = records[base + recordWord.ports] as number
    const kind = timerKindOfHead(head)
    protocol[row] = protocolOfHead(head)
    family[row] = familyOfHead(head)
    state[row] = stateOfHead(head)
    timerKind[row] = kind
    expiresAt[row] = kind === 0 ? Number.NaN : (timerExpiresAt[slot] as number)
    localPort[row] = ports >>> 16
    remotePort[row] = ports & 0xffff
    const flags = records[base + recordWord.flags] as number
    identityKind[row] = (flags & flagTupleIdentity) === 0 ? 0 : 1
    unanswered[row] = (flags & flagUnanswered) === 0 ? absentUnanswered : unansweredOfFlags(flags)
  }
}

function fillMeasures({ records, floats }: RowTable, slots: readonly number[], columns: Columns): void {
  const { receivedBytes, sentBytes, receiveRate, sendRate, retransmits, roundTripMs, receiveQueue, sendQueue } = columns
  for (let row = 0; row < slots.length; row += 1) {
    const base = (slots[row] as number) * recordWords
    const flags = records[base + recordWord.flags] as number
    const counted = (flags & flagCounters) !== 0
    const queued = (flags & flagQueues) !== 0
    const roundTrip = records[base + recordWord.roundTripMicros] as number
    receivedBytes[row] = counted ? longAt(records, base + recordWord.receivedLow) : Number.NaN
    sentBytes[row] = counted ? longAt(records, base + recordWord.sentLow) : Number.NaN
    receiveRate[row] = counted ? (floats[base + recordWord.receiveRate] as number) : Number.NaN
    sendRate[row] = counted ? (floats[base + recordWord.sendRate] as number) : Number.NaN
    retransmits[row] = counted ? (records[base + recordWord.retransmits] as number) : absentCount
    roundTripMs[row] = roundTrip === 0 ? Number.NaN : roundTrip / 1000
    receiveQueue[row] = queued ? (records[base + recordWord.receiveQueue] as number) : absentCount
    sendQueue[row] = queued ? (records[base + recordWord.sendQueue] as number) : absentCount
  }
}

/** A number's low word, its high word behind it. */
function longAt(records: Uint32Array, at: number): number {
  return (records[at] as number) + (records[at + 1] as number) * two32
}
