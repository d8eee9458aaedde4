/** Makes change sets from the row table: everything that happened after a sequence, or everything there is. */
import { absentCount, type Columns } from '../../src-shared/model/columns.ts'
import { allocateChangeSetRows, type ChangeSet } from '../../src-shared/model/change-set.ts'
import {
  familyOfHead,
  flagCounters,
  flagQueues,
  flagTupleIdentity,
  protocolOfHead,
  recordWord,
  recordWords,
  stateOfHead,
  timerKindOfHead,
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

function fillColumns(table: RowTable, slots: readonly number[], columns: Columns): void {
  for (let row = 0; row < slots.length; row += 1) {
    const slot = slots[row] as number
    fillIdentity(table, slot, columns, row)
    fillMeasures(table, slot, columns, row)
  }
}

function fillIdentity(table: RowTable, slot: number, columns: Columns, row: number): void {
  const { records } = table
  const base = slot * recordWords
  const word = (name: keyof typeof recordWord, offset = 0): number => records[base + recordWord[name] + offset] as number
  const head = word('head')
  columns.rowId[row] = table.rowId[slot] as number
  columns.identityLow[row] = word('identityLow')
  columns.identityHigh[row] = word('identityHigh')
  columns.identityKind[row] = (word('flags') & flagTupleIdentity) === 0 ? 0 : 1
  columns.protocol[row] = protocolOfHead(head)
  columns.family[row] = familyOfHead(head)
  columns.state[row] = stateOfHead(head)
  columns.timerKind[row] = timerKindOfHead(head)
  columns.localPort[row] = word('ports') >>> 16
  columns.remotePort[row] = word('ports') & 0xffff
  columns.local0[row] = word('local')
  columns.local1[row] = word('local', 1)
  columns.local2[row] = word('local', 2)
  columns.local3[row] = word('local', 3)
  columns.remote0[row] = word('remote')
  columns.remote1[row] = word('remote', 1)
  columns.remote2[row] = word('remote', 2)
  columns.remote3[row] = word('remote', 3)
  columns.owner[row] = table.owner[slot] as number
  columns.user[row] = word('user')
  columns.interface[row] = word('interface')
  columns.visibility[row] = table.visibility[slot] as number
}

function fillMeasures(table: RowTable, slot: number, columns: Columns, row: number): void {
  const { records, floats } = table
  const base = slot * recordWords
  const word = (name: keyof typeof recordWord): number => records[base + recordWord[name]] as number
  const flags = word('flags')
  const counted = (flags & flagCounters) !== 0
  const queued = (flags & flagQueues) !== 0
  const roundTrip = word('roundTripMicros')
  columns.firstSeenAt[row] = table.firstSeenAt[slot] as number
  columns.stateSinceAt[row] = table.stateSinceAt[slot] as number
  columns.createdAt[row] = Number.NaN
  columns.receivedBytes[row] = counted ? word('receivedLow') + word('receivedHigh') * two32 : Number.NaN
  columns.sentBytes[row] = counted ? word('sentLow') + word('sentHigh') * two32 : Number.NaN
  columns.receiveRate[row] = counted ? (floats[base + recordWord.receiveRate] as number) : Number.NaN
  columns.sendRate[row] = counted ? (floats[base + recordWord.sendRate] as number) : Number.NaN
  columns.retransmits[row] = counted ? word('retransmits') : absentCount
  columns.roundTripMs[row] = roundTrip === 0 ? Number.NaN : roundTrip / 1000
  columns.receiveQueue[row] = queued ? word('receiveQueue') : absentCount
  columns.sendQueue[row] = queued ? word('sendQueue') : absentCount
  columns.timerExpiresAt[row] = timerKindOfHead(word('head')) === 0 ? Number.NaN : (table.timerExpiresAt[slot] as number)
}
