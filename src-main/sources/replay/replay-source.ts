/**
 * A saved listing as a source: what was recorded comes back as rows, with the owners, the visibility and the times of the listing and
 * not those of this machine.
 *
 * Not kept, because the table has no place for it: one byte counter without the other, retransmits without byte counters, a peer that
 * is the unspecified address with port 0, a round trip of 0 ms, segments and times of data beside creation or service, and owners after the 128th of one socket. A timer without a time left
 * comes back as one that fires now.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { stateAbsent, stateCode } from '../../../src-shared/model/tcp-state.ts'
import {
  flagActivity,
  flagCounters,
  flagQueues,
  flagTupleIdentity,
  packHead,
  protocolCode,
  recordWord,
  timerKindCode,
  unansweredFlags,
} from '../../table/row-record.ts'
import { createScratchRecord, type RowTable } from '../../table/row-table.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import type { ListedConnection, RecordedConnection } from './parse-listing.ts'
import type { ReadListing } from './read-listing.ts'

const two32 = 4_294_967_296

/** `read` is asked once to open, and once per look. */
export function createReplaySource(read: () => ReadListing): SourceFactory {
  return {
    id: 'replay',
    open() {
      const listing = read()
      return listing.ok ? replaySource(read) : { unusable: listing.trouble.kind }
    },
  }
}

function replaySource(read: () => ReadListing): ConnectionSource {
  return {
    id: 'replay',
    look(table): LookOutcome {
      const listing = read()
      if (!listing.ok) return { ok: false, reason: listing.trouble.kind }
      for (const connection of listing.connections) place(table, connection)
      const count = listing.skipped.length
      return {
        ok: true,
        unread: [],
        problems: count === 0 ? [] : [{ code: 'malformed-answer', severity: 'warning', parameters: { count } }],
      }
    },
    close() {
      // Nothing is kept open between looks.
    },
  }
}

function place(table: RowTable, listed: ListedConnection): void {
  const { told } = listed
  const slot = table.upsert(recordOf(listed, table))
  const [, ...further] = told.owners
  table.toldPids.set(
    slot,
    further.map(({ pid }) => pid),
  )
  table.firstSeenAt[slot] = told.firstSeenAt
  table.stateSinceAt[slot] = told.stateSinceAt ?? Number.NaN
  const owners = told.owners.map((owner) => {
    const { name, executable, user, startedAt } = owner
    // No start token is recorded: what is told of two bearers of one pid tells them apart.
    const startToken = JSON.stringify([startedAt, name, executable, user])
    return table.processes.put({ ...owner, startToken }, table.sequence)
  })
  table.setOwners(slot, owners, told.visibility)
}

function recordOf({ told, identity, local, remote }: ListedConnection, table: RowTable): Uint32Array {
  const record = createScratchRecord()
  record[recordWord.identityLow] = identity.low
  record[recordWord.identityHigh] = identity.high
  record[recordWord.head] = packHead(
    protocolCode(told.protocol),
    told.family === 'ipv6' ? 6 : 4,
    told.state === undefined ? stateAbsent : stateCode(told.state),
    timerKindCode(told.timer?.kind ?? 'none'),
  )
  record[recordWord.ports] = (told.local.port << 16) | (told.remote?.port ?? 0)
  record.set(local, recordWord.local)
  record.set(remote, recordWord.remote)
  record[recordWord.user] = table.strings.intern(told.user, table.sequence)
  record[recordWord.interface] = table.strings.intern(told.interface, table.sequence)
  record[recordWord.pid] = told.owners[0]?.pid ?? 0
  record[recordWord.timerMs] = told.timer?.expiresInMs ?? 0
  record[recordWord.roundTripMicros] = Math.round((told.roundTripMs ?? 0) * 1000)
  const unanswered = told.unanswered === undefined ? 0 : unansweredFlags(told.unanswered)
  const kind = identity.kind === 'tuple' ? flagTupleIdentity : 0
  record[recordWord.flags] = kind | unanswered | setQueues(record, told) | setCounters(record, told) | setLastWords(record, told, table)
  return record
}

/** A listener's send queue is its backlog. */
function setQueues(record: Uint32Array, { state, receiveQueue, sendQueue, backlog }: RecordedConnection): number {
  const sent = state === 'LISTEN' ? backlog : sendQueue
  if (receiveQueue === undefined && sent === undefined) return 0
  record[recordWord.receiveQueue] = receiveQueue ?? absentCount
  record[recordWord.sendQueue] = sent ?? absentCount
  return flagQueues
}

function setCounters(record: Uint32Array, { receivedBytes, sentBytes, retransmits }: RecordedConnection): number {
  if (receivedBytes === undefined || sentBytes === undefined) return 0
  setLong(record, recordWord.receivedLow, receivedBytes)
  setLong(record, recordWord.sentLow, sentBytes)
  record[recordWord.retransmits] = retransmits ?? absentCount
  return flagCounters
}

/** Creation and service, else the times of data and segments: no system tells both. */
function setLastWords(record: Uint32Array, { createdAt, service, ...told }: RecordedConnection, table: RowTable): number {
  if (createdAt !== undefined || service !== undefined) {
    setLong(record, recordWord.createdLow, createdAt ?? 0)
    record[recordWord.service] = table.strings.intern(service, table.sequence)
    return 0
  }
  const { segmentsSent, lastReceivedAt, lastSentAt } = told
  if (segmentsSent === undefined && lastReceivedAt === undefined && lastSentAt === undefined) return 0
  record[recordWord.lastReceivedSeconds] = (lastReceivedAt ?? 0) / 1000
  record[recordWord.lastSentSeconds] = (lastSentAt ?? 0) / 1000
  record[recordWord.segmentsSent] = segmentsSent ?? absentCount
  return flagActivity
}

/** A whole number of up to 53 bits as a low and a high word. */
function setLong(record: Uint32Array, at: number, value: number): void {
  record[at] = value % two32
  record[at + 1] = Math.floor(value / two32)
}
