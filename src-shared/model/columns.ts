/**
 * The one schema of a connection row. Engine, transport and table keep rows as these columns; a row object exists only where a
 * person or JSON needs one (connection.ts). Wider types come first so that consecutive columns stay aligned without padding.
 *
 * Absent values: NaN in f64 and f32 columns, `absentCount` in u32 counters, 0 in references (owner, user, interface), in times of whole
 * seconds and in state, `absentUnanswered` in `unanswered`.
 */
const schema = {
  /** Unix milliseconds; when this engine first saw the row. */
  firstSeenAt: 'f64',
  /** Unix milliseconds of the last state change seen; NaN when the row was already in this state at the first look. */
  stateSinceAt: 'f64',
  /** Unix milliseconds of creation where the operating system tells (Windows). */
  createdAt: 'f64',
  /** Payload bytes since the connection began, as the kernel counts them. */
  receivedBytes: 'f64',
  sentBytes: 'f64',
  /** Unix milliseconds at which the kernel's timer for this socket fires. */
  timerExpiresAt: 'f64',
  /** Number of the row within one engine session; never reused in it. */
  rowId: 'u32',
  /** Low and high half of the 64-bit identity: the kernel's socket cookie, or a hash of the whole tuple (identityKind). */
  identityLow: 'u32',
  identityHigh: 'u32',
  /** Addresses as four 32-bit words in network order, most significant first. IPv4 is kept as ::ffff:a.b.c.d; `family` tells. */
  local0: 'u32',
  local1: 'u32',
  local2: 'u32',
  local3: 'u32',
  remote0: 'u32',
  remote1: 'u32',
  remote2: 'u32',
  remote3: 'u32',
  /** Reference of the first owner in the process table; further owners come beside the columns. */
  owner: 'u32',
  /** String reference: the socket's user. */
  user: 'u32',
  /** String reference: bound device or scope. */
  interface: 'u32',
  /** String reference: the service behind the socket where one process hosts several (Windows). */
  service: 'u32',
  /** For LISTEN: completed connections waiting for accept(). Else bytes not yet read by the application. */
  receiveQueue: 'u32',
  /** For LISTEN: the backlog limit. Else bytes not yet acknowledged by the peer. */
  sendQueue: 'u32',
  /** Segments retransmitted over the connection's life. */
  retransmits: 'u32',
  /** Segments sent over the connection's life, mere acknowledgements and retransmissions among them. */
  segmentsSent: 'u32',
  /** Unix seconds at which data last came and went, right to a second; the end of the handshake where none did. */
  lastReceivedSeconds: 'u32',
  lastSentSeconds: 'u32',
  /** Bytes per second between the last two looks. */
  receiveRate: 'f32',
  sendRate: 'f32',
  /** Smoothed round-trip time, milliseconds. */
  roundTripMs: 'f32',
  localPort: 'u16',
  remotePort: 'u16',
  /** Index into `protocols`. */
  protocol: 'u8',
  /** 4 or 6: the address family of the socket, not of the text. */
  family: 'u8',
  /** tcp-state.ts code; 0 is "no state". */
  state: 'u8',
  /** Index into `visibilities`. */
  visibility: 'u8',
  /** Index into `timerKinds`. */
  timerKind: 'u8',
  /** Index into `identityKinds`. */
  identityKind: 'u8',
  /** Retransmissions or probes in a row that nothing came back for. */
  unanswered: 'u8',
} as const

interface ArrayOf {
  f64: Float64Array<ArrayBuffer>
  u32: Uint32Array<ArrayBuffer>
  f32: Float32Array<ArrayBuffer>
  u16: Uint16Array<ArrayBuffer>
  u8: Uint8Array<ArrayBuffer>
}
const arrayTypes = { f64: Float64Array, u32: Uint32Array, f32: Float32Array, u16: Uint16Array, u8: Uint8Array }

type Schema = typeof schema
export type ColumnName = keyof Schema
export type ColumnArray = ArrayOf[keyof ArrayOf]
export type Columns = { readonly [Name in ColumnName]: ArrayOf[Schema[Name]] }

export const columnNames = Object.keys(schema) as ColumnName[]

export const protocols = ['tcp', 'udp'] as const
export type Protocol = (typeof protocols)[number]

/** retransmit: unacknowledged data; probe: zero window or keepalive probes; from idiag_timer and /proc/net/tcp's "tr". */
export const timerKinds = ['none', 'retransmit', 'keepalive', 'time-wait', 'probe'] as const
export type TimerKind = (typeof timerKinds)[number]

/** cookie: the kernel's own socket id. tuple: a hash over protocol, both endpoints and what else the source knows to be stable. */
export const identityKinds = ['cookie', 'tuple'] as const
export type IdentityKind = (typeof identityKinds)[number]

export const absentCount = 0xffffffff
export const absentUnanswered = 0xff

/** Bytes that `rows` rows take on the wire. */
export function columnsByteLength(rows: number): number {
  let bytes = 0
  for (const name of columnNames) bytes += arrayTypes[schema[name]].BYTES_PER_ELEMENT
  return bytes * rows
}

/** Columns for `rows` rows as views over one buffer, in schema order. `offset` must be a multiple of eight. */
export function columnsOver(buffer: ArrayBuffer, offset: number, rows: number): Columns {
  const columns: Partial<Record<ColumnName, ColumnArray>> = {}
  let at = offset
  for (const name of columnNames) {
    const Type = arrayTypes[schema[name]]
    columns[name] = new Type(buffer, at, rows)
    at += Type.BYTES_PER_ELEMENT * rows
  }
  return columns as Columns
}

export function allocateColumns(rows: number): Columns {
  return columnsOver(new ArrayBuffer(columnsByteLength(rows)), 0, rows)
}
