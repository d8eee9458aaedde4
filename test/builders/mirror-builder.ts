/**
 * Friendly rows in, real change sets and a real RowMirror out: nothing here goes round the packing that the product uses.
 *
 *   const mirror = buildMirror([{ local: '127.0.0.1:8080' }, { remote: '198.51.100.3:443', owner: 'firefox' }])
 *
 * Row n of the list gets row id n + 1 and, in a fresh mirror, slot n.
 */
import { allocateChangeSetRows, type ChangeSet } from '../../src-shared/model/change-set.ts'
import {
  absentCount,
  absentUnanswered,
  identityKinds,
  protocols,
  timerKinds,
  type Columns,
  type Protocol,
} from '../../src-shared/model/columns.ts'
import type { IdentityKind, TimerKind } from '../../src-shared/model/columns.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { stateAbsent, stateCode, type TcpState } from '../../src-shared/model/tcp-state.ts'
import { visibilityCode, type Visibility } from '../../src-shared/model/visibility.ts'
import { addressWords } from './address-words.ts'

export type OwnerInput = Partial<Omit<ProcessRecord, 'ref'>>

/** Everything has a default; what is left out of the facts that a system may not tell is absent in the row. */
export interface RowInput {
  /** Row id; default: the position in the list plus one. */
  id?: number
  protocol?: Protocol
  /** `address:port` or `[v6]:port`; default 127.0.0.1 with a port of its own. */
  local?: string
  /** Absent for no peer. */
  remote?: string
  /** Default: from the text of `local`. 6 with IPv4 text makes a v4-mapped row. */
  family?: 4 | 6
  /** Default for TCP: ESTABLISHED with a peer, else LISTEN. */
  state?: TcpState
  /** A process name, or facts; the same pid and start token is the same process. */
  owner?: string | OwnerInput
  /** Several owners; wins over `owner`. */
  owners?: readonly (string | OwnerInput)[]
  visibility?: Visibility
  user?: string
  interface?: string
  firstSeenAt?: number
  stateSinceAt?: number
  createdAt?: number
  receivedBytes?: number
  sentBytes?: number
  receiveRate?: number
  sendRate?: number
  receiveQueue?: number
  sendQueue?: number
  retransmits?: number
  segmentsSent?: number
  /** Unix seconds. */
  lastReceivedSeconds?: number
  lastSentSeconds?: number
  unanswered?: number
  roundTripMs?: number
  timerKind?: TimerKind
  timerExpiresAt?: number
  identityKind?: IdentityKind
  identityLow?: number
  identityHigh?: number
}

export interface DeltaInput {
  added?: readonly RowInput[]
  /** Needs `id`. */
  changed?: readonly RowInput[]
  /** Row ids. */
  removed?: readonly number[]
  /** Default: the latest one. */
  since?: number
  takenAt?: number
}

/** The default clock of rows: 2026-11-20T08:00:00Z. */
export const builderTakenAt = 1_795_161_600_000

/** A mirror with these rows after one full change set. */
export function buildMirror(rows: readonly RowInput[], takenAt: number = builderTakenAt): RowMirror {
  const mirror = new RowMirror()
  applyOrThrow(mirror, new ChangeSetBuilder().full(rows, takenAt))
  return mirror
}

export function applyOrThrow(mirror: RowMirror, set: ChangeSet): void {
  const outcome = mirror.apply(set)
  if (!outcome.ok) throw new Error(`the change set was refused: ${outcome.reason}`)
}

/** Makes the change sets of one engine session, as an engine would: references and row ids stay the same throughout. */
export class ChangeSetBuilder {
  readonly session: string
  sequence = 0
  #strings = new Map<string, number>([['', 0]])
  #newStrings: string[] = []
  #processes = new Map<string, ProcessRecord>()
  #newProcesses: ProcessRecord[] = []
  #lastRowId = 0

  constructor(session = 'test-session') {
    this.session = session
  }

  full(rows: readonly RowInput[], takenAt: number = builderTakenAt): ChangeSet {
    this.#strings = new Map([['', 0]])
    this.#processes = new Map()
    return this.#build('full', { added: rows, takenAt })
  }

  delta(input: DeltaInput): ChangeSet {
    return this.#build('delta', input)
  }

  /** The process of an owner that was used before. */
  processOf(owner: string | OwnerInput): ProcessRecord {
    return this.#process(owner)
  }

  #build(kind: 'full' | 'delta', input: DeltaInput): ChangeSet {
    const { added = [], changed = [], removed = [], takenAt = builderTakenAt } = input
    const firstString = kind === 'full' ? 1 : this.#strings.size
    this.#newStrings = []
    this.#newProcesses = []
    const { bytes, ...rows } = allocateChangeSetRows(added.length, changed.length, removed.length)
    const sharedRows: number[][] = []
    added.forEach((row, index) => this.#fill(rows.added, index, row, takenAt, sharedRows))
    changed.forEach((row, index) => this.#fill(rows.changed, index, row, takenAt, sharedRows))
    rows.removed.set(removed)
    const since = input.since ?? this.sequence
    this.sequence += 1
    return {
      header: {
        session: this.session,
        sequence: this.sequence,
        kind,
        since: kind === 'full' ? 0 : since,
        takenAt,
        added: added.length,
        changed: changed.length,
        removed: removed.length,
        firstString,
        strings: this.#newStrings,
        processes: this.#newProcesses,
        forgottenProcesses: [],
        sharedRows,
      },
      bytes,
    }
  }

  #fill(columns: Columns, index: number, row: RowInput, takenAt: number, sharedRows: number[][]): void {
    const rowId = row.id ?? this.#lastRowId + 1
    this.#lastRowId = Math.max(this.#lastRowId, rowId)
    const references = (row.owners ?? (row.owner === undefined ? [] : [row.owner])).map((owner) => this.#process(owner).ref)
    if (references.length > 1) sharedRows.push([rowId, ...references])
    fillEndpoints(columns, index, row, rowId)
    fillFigures(columns, index, row, takenAt)
    columns.rowId[index] = rowId
    columns.identityLow[index] = row.identityLow ?? rowId
    columns.identityHigh[index] = row.identityHigh ?? 0
    columns.identityKind[index] = identityKinds.indexOf(row.identityKind ?? 'cookie')
    columns.owner[index] = references[0] ?? 0
    columns.user[index] = this.#string(row.user)
    columns.interface[index] = this.#string(row.interface)
    columns.visibility[index] = visibilityCode(row.visibility ?? (references.length > 0 ? 'full' : 'kernel'))
  }

  #string(text: string | undefined): number {
    if (text === undefined) return 0
    const known = this.#strings.get(text)
    if (known !== undefined) return known
    const reference = this.#strings.size
    this.#strings.set(text, reference)
    this.#newStrings.push(text)
    return reference
  }

  #process(owner: string | OwnerInput): ProcessRecord {
    const facts = typeof owner === 'string' ? { name: owner } : owner
    const key = facts.pid === undefined ? `name ${facts.name ?? ''}` : `${facts.pid} ${facts.startToken ?? ''}`
    const known = this.#processes.get(key)
    if (known !== undefined) return known
    const ref = this.#processes.size + 1
    const record: ProcessRecord = { pid: 1000 + ref, startToken: String(ref), ...facts, ref }
    this.#processes.set(key, record)
    this.#newProcesses.push(record)
    return record
  }
}

function fillEndpoints(columns: Columns, index: number, row: RowInput, rowId: number): void {
  const local = splitEndpoint(row.local ?? `127.0.0.1:${20_000 + (rowId % 40_000)}`)
  const family = row.family ?? (local.address.includes(':') ? 6 : 4)
  const remote = row.remote === undefined ? { address: family === 6 ? '::' : '0.0.0.0', port: 0 } : splitEndpoint(row.remote)
  const protocol = row.protocol ?? 'tcp'
  const state = row.state ?? (row.remote === undefined ? 'LISTEN' : 'ESTABLISHED')
  const localWords = addressWords(local.address)
  const remoteWords = addressWords(remote.address)
  columns.protocol[index] = protocols.indexOf(protocol)
  columns.family[index] = family
  columns.state[index] = protocol === 'udp' ? stateAbsent : stateCode(state)
  columns.localPort[index] = local.port
  columns.remotePort[index] = remote.port
  columns.local0[index] = localWords[0]
  columns.local1[index] = localWords[1]
  columns.local2[index] = localWords[2]
  columns.local3[index] = localWords[3]
  columns.remote0[index] = remoteWords[0]
  columns.remote1[index] = remoteWords[1]
  columns.remote2[index] = remoteWords[2]
  columns.remote3[index] = remoteWords[3]
}

function fillFigures(columns: Columns, index: number, row: RowInput, takenAt: number): void {
  columns.firstSeenAt[index] = row.firstSeenAt ?? takenAt
  columns.stateSinceAt[index] = row.stateSinceAt ?? Number.NaN
  columns.createdAt[index] = row.createdAt ?? Number.NaN
  columns.receivedBytes[index] = row.receivedBytes ?? Number.NaN
  columns.sentBytes[index] = row.sentBytes ?? Number.NaN
  columns.receiveRate[index] = row.receiveRate ?? Number.NaN
  columns.sendRate[index] = row.sendRate ?? Number.NaN
  columns.roundTripMs[index] = row.roundTripMs ?? Number.NaN
  columns.timerExpiresAt[index] = row.timerExpiresAt ?? Number.NaN
  columns.timerKind[index] = timerKinds.indexOf(row.timerKind ?? 'none')
  columns.receiveQueue[index] = row.receiveQueue ?? absentCount
  columns.sendQueue[index] = row.sendQueue ?? absentCount
  columns.retransmits[index] = row.retransmits ?? absentCount
  columns.segmentsSent[index] = row.segmentsSent ?? absentCount
  columns.lastReceivedSeconds[index] = row.lastReceivedSeconds ?? 0
  columns.lastSentSeconds[index] = row.lastSentSeconds ?? 0
  columns.unanswered[index] = row.unanswered ?? absentUnanswered
}

function splitEndpoint(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(':')
  const address = text.slice(0, colon).replace(/^\[|\]$/g, '')
  return { address, port: Number(text.slice(colon + 1)) }
}
