/** Reads what `sockscope list --json` (one array) or `--ndjson` (an object per line) printed. Pure and total: any text is answered. */
import * as v from 'valibot'
import { absentCount, absentUnanswered, protocols, timerKinds } from '../../../src-shared/model/columns.ts'
import type { Endpoint } from '../../../src-shared/model/connection.ts'
import { parseIdentity, type ConnectionIdentity } from '../../../src-shared/model/identity.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { visibilities } from '../../../src-shared/model/visibility.ts'
import { parseAddress } from '../parse-address.ts'

/** A connection as it was recorded (src-shared/model/connection.ts), with what its texts stand for. */
export interface ListedConnection {
  readonly told: RecordedConnection
  readonly identity: ConnectionIdentity
  /** Four words each, as in the columns; all zero bits for a missing peer. */
  readonly local: readonly number[]
  readonly remote: readonly number[]
}

export interface SkippedEntry {
  /** The line (from 1) of a listing of lines; the position (from 1) in an array. */
  readonly at: number
  /** The first field that is wrong; absent where the entry is no JSON object. */
  readonly field?: string
}

export type Listing =
  | { readonly ok: true; readonly connections: readonly ListedConnection[]; readonly skipped: readonly SkippedEntry[] }
  | { readonly ok: false }

/** Not ok: the text holds something, but nothing of it is a connection. An empty text or array is a listing of nothing. */
export function parseListing(text: string): Listing {
  const entries = text.trimStart().startsWith('[') ? arrayEntries(text) : lineEntries(text)
  if (entries === undefined) return { ok: false }
  const connections: ListedConnection[] = []
  const skipped: SkippedEntry[] = []
  const known = new Set<string>()
  for (const { at, value } of entries) {
    const read = readConnection(value)
    if ('identity' in read) {
      // The mark is no part of the 64 bits by which rows are told apart.
      const bits = read.told.id.slice(1)
      if (known.has(bits)) skipped.push({ at, field: 'id' })
      else connections.push(read)
      known.add(bits)
    } else skipped.push({ at, ...read })
  }
  return connections.length === 0 && skipped.length > 0 ? { ok: false } : { ok: true, connections, skipped }
}

interface Entry {
  readonly at: number
  /** Undefined where the text is no JSON. */
  readonly value: unknown
}

function arrayEntries(text: string): readonly Entry[] | undefined {
  const whole = parseJson(text)
  return Array.isArray(whole) ? whole.map((value: unknown, index) => ({ at: index + 1, value })) : undefined
}

function lineEntries(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ at: index + 1, value: parseJson(line) }]))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The message would quote the text; where it is told by the entry.
    return undefined
  }
}

const maximumWord = 0xffffffff
/** The table keeps the round trip as whole microseconds in one word. */
const maximumRoundTripMs = maximumWord / 1000
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most))
const port = whole(0xffff)
const count = whole(absentCount - 1)
const bytes = whole(Number.MAX_SAFE_INTEGER)
/** Text of a time from 1970 on, as Unix milliseconds. */
const time = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number(),
  v.minValue(0),
)
/** The table keeps these as seconds in one word. */
const secondsTime = v.pipe(time, v.maxValue(maximumWord * 1000))
const endpoint = v.object({ address: v.string(), port })
const owner = v.object({
  pid: whole(maximumWord),
  name: v.exactOptional(v.string()),
  executable: v.exactOptional(v.string()),
  user: v.exactOptional(v.string()),
  startedAt: v.exactOptional(time),
})

/** Names have at most 255 letters (RFC 1035), labels of networks less; escaped ones may be longer. */
const maximumNameLength = 1100
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(maximumNameLength))
const remoteNames = v.object({
  asn: v.exactOptional(v.pipe(whole(maximumWord), v.minValue(1))),
  network: v.exactOptional(name),
  country: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
  host: v.exactOptional(name),
})

/** Fields that are not known here are passed over: a later version may print more. */
const recordedConnection = v.object({
  id: v.string(),
  protocol: v.picklist(protocols),
  family: v.picklist(['ipv4', 'ipv6']),
  v4Mapped: v.exactOptional(v.literal(true)),
  state: v.exactOptional(v.picklist(tcpStates)),
  local: endpoint,
  remote: v.exactOptional(endpoint),
  owners: v.array(owner),
  visibility: v.picklist(visibilities),
  user: v.exactOptional(v.string()),
  firstSeenAt: time,
  stateSinceAt: v.exactOptional(time),
  createdAt: v.exactOptional(time),
  receivedBytes: v.exactOptional(bytes),
  sentBytes: v.exactOptional(bytes),
  receiveQueue: v.exactOptional(count),
  sendQueue: v.exactOptional(count),
  backlog: v.exactOptional(count),
  roundTripMs: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(maximumRoundTripMs))),
  retransmits: v.exactOptional(count),
  segmentsSent: v.exactOptional(count),
  lastReceivedAt: v.exactOptional(secondsTime),
  lastSentAt: v.exactOptional(secondsTime),
  unanswered: v.exactOptional(whole(absentUnanswered - 1)),
  timer: v.exactOptional(v.object({ kind: v.picklist(timerKinds), expiresInMs: v.exactOptional(whole(maximumWord)) })),
  interface: v.exactOptional(v.string()),
  service: v.exactOptional(v.string()),
  remoteNames: v.exactOptional(remoteNames),
})
export type RecordedConnection = v.InferOutput<typeof recordedConnection>

function readConnection(value: unknown): ListedConnection | { readonly field?: string } {
  const checked = v.safeParse(recordedConnection, value, { abortEarly: true })
  if (!checked.success) {
    const field = v.getDotPath(checked.issues[0])
    return field === null ? {} : { field }
  }
  const told = checked.output
  const identity = parseIdentity(told.id)
  if (identity === undefined) return { field: 'id' }
  const local = addressWords(told.local, told)
  if (local === undefined) return { field: 'local.address' }
  const remote = told.remote === undefined ? [0, 0, told.family === 'ipv4' ? 0xffff : 0, 0] : addressWords(told.remote, told)
  if (remote === undefined) return { field: 'remote.address' }
  return { told, identity, local, remote }
}

/** A socket of IPv6 that speaks IPv4 has its addresses in the IPv4 spelling. Zones are never printed. */
function addressWords({ address }: Endpoint, { family, v4Mapped }: RecordedConnection): readonly number[] | undefined {
  if (address.includes('%')) return undefined
  if (family === 'ipv4' || v4Mapped === true) return parseAddress(address, 4)
  return parseAddress(address, 6) ?? parseAddress(address, 4)
}
