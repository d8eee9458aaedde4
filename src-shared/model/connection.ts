/**
 * The public shape of a connection: JSON of the command line, the web API, recordings and tests. Field names and words never
 * change with language. Absent fields are unknown.
 */
import { addressText, isUnspecified, isV4Mapped } from './address.ts'
import { absentCount, absentUnanswered, protocols, timerKinds, type Protocol, type TimerKind } from './columns.ts'
import type { KnownAbout } from './known-names.ts'
import type { ProcessRecord } from './process.ts'
import type { RowMirror } from './row-mirror.ts'
import { listenCode, stateOfCode, type TcpState } from './tcp-state.ts'
import { visibilities, type Visibility } from './visibility.ts'

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface Owner {
  readonly pid: number
  readonly name?: string
  readonly executable?: string
  readonly user?: string
  readonly startedAt?: string
}

export interface Connection {
  readonly id: string
  readonly protocol: Protocol
  readonly family: 'ipv4' | 'ipv6'
  readonly v4Mapped?: true
  readonly state?: TcpState
  readonly local: Endpoint
  readonly remote?: Endpoint
  readonly owners: readonly Owner[]
  readonly visibility: Visibility
  readonly user?: string
  readonly firstSeenAt: string
  readonly stateSinceAt?: string
  readonly createdAt?: string
  readonly receivedBytes?: number
  readonly sentBytes?: number
  readonly receiveQueue?: number
  readonly sendQueue?: number
  readonly backlog?: number
  readonly roundTripMs?: number
  readonly retransmits?: number
  /** Segments of any kind over the connection's life. */
  readonly segmentsSent?: number
  /** When data last came and went, to the second; absent while none did. */
  readonly lastReceivedAt?: string
  readonly lastSentAt?: string
  /** Retransmissions or probes in a row that nothing came back for. */
  readonly unanswered?: number
  readonly timer?: { readonly kind: TimerKind; readonly expiresInMs?: number }
  readonly interface?: string
  /** The service behind the socket, where its process hosts services (Windows). */
  readonly service?: string
  /** What was looked up about the remote address. */
  readonly remoteNames?: KnownAbout
  /** What the ports are registered for, where that was asked for; not what runs there. */
  readonly portNames?: PortNames
}

export interface PortNames {
  readonly local?: string
  readonly remote?: string
}

/** An object without the keys whose value is undefined: unknown is absent. */
export function withoutUndefined<T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T
}

const isoTime = (unixMs: number | undefined): string | undefined =>
  unixMs === undefined || Number.isNaN(unixMs) ? undefined : new Date(unixMs).toISOString()
const known = (value: number | undefined): number | undefined => (value === undefined || Number.isNaN(value) ? undefined : value)
/** The column is a 32-bit float; its digits below a microsecond are noise. */
const toMicroseconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Math.round(ms * 1000) / 1000)
const isoOfSeconds = (unixSeconds: number | undefined): string | undefined => isoTime(unixSeconds ? unixSeconds * 1000 : undefined)
const counted = (value: number | undefined): number | undefined => (value === absentCount ? undefined : value)

/** True when the socket has a peer: connected TCP, connected UDP. */
export function hasRemote(mirror: RowMirror, slot: number): boolean {
  const c = mirror.columns
  if (c.remotePort[slot] !== 0) return true
  return !isUnspecified(c.family[slot] ?? 4, c.remote0[slot] ?? 0, c.remote1[slot] ?? 0, c.remote2[slot] ?? 0, c.remote3[slot] ?? 0)
}

export function localAddressText(mirror: RowMirror, slot: number): string {
  const c = mirror.columns
  return addressText(c.family[slot] ?? 4, c.local0[slot] ?? 0, c.local1[slot] ?? 0, c.local2[slot] ?? 0, c.local3[slot] ?? 0)
}

export function remoteAddressText(mirror: RowMirror, slot: number): string {
  const c = mirror.columns
  return addressText(c.family[slot] ?? 4, c.remote0[slot] ?? 0, c.remote1[slot] ?? 0, c.remote2[slot] ?? 0, c.remote3[slot] ?? 0)
}

/** A connection's own high port is one that the system picked and says nothing; a socket that waits there was put there. */
export function localService(mirror: RowMirror, slot: number): string | undefined {
  const { services } = mirror.names
  const port = mirror.columns.localPort[slot] ?? 0
  const protocol = protocols[mirror.columns.protocol[slot] ?? 0] ?? 'tcp'
  return hasRemote(mirror, slot) ? services?.ofEnd(port, protocol) : services?.ofListener(port, protocol)
}

export function remoteService(mirror: RowMirror, slot: number): string | undefined {
  if (!hasRemote(mirror, slot)) return undefined
  const { protocol, remotePort } = mirror.columns
  return mirror.names.services?.ofEnd(remotePort[slot] ?? 0, protocols[protocol[slot] ?? 0] ?? 'tcp')
}

export function ownerJson(process: ProcessRecord): Owner {
  return withoutUndefined<Owner>({
    pid: process.pid,
    name: process.name,
    executable: process.executable,
    user: process.user,
    startedAt: isoTime(process.startedAt),
  })
}

/** The row in `slot` as a public object. */
export function connectionAt(mirror: RowMirror, slot: number): Connection {
  const c = mirror.columns
  const listening = c.state[slot] === listenCode
  const timerKind = timerKinds[c.timerKind[slot] ?? 0] ?? 'none'
  const expiresAt = known(c.timerExpiresAt[slot])
  const owners = mirror.ownersOf(slot).flatMap((reference) => mirror.processes.get(reference) ?? [])
  const sendQueue = counted(c.sendQueue[slot])
  const mapped = c.family[slot] === 6 && isV4Mapped(c.local0[slot] ?? 0, c.local1[slot] ?? 0, c.local2[slot] ?? 0)
  return withoutUndefined<Connection>({
    id: mirror.identityOf(slot),
    protocol: protocols[c.protocol[slot] ?? 0] ?? 'tcp',
    family: c.family[slot] === 6 ? 'ipv6' : 'ipv4',
    v4Mapped: mapped ? true : undefined,
    state: stateOfCode(c.state[slot] ?? 0),
    local: { address: localAddressText(mirror, slot), port: c.localPort[slot] ?? 0 },
    remote: hasRemote(mirror, slot) ? { address: remoteAddressText(mirror, slot), port: c.remotePort[slot] ?? 0 } : undefined,
    owners: owners.map(ownerJson),
    visibility: visibilities[c.visibility[slot] ?? 0] ?? 'pending',
    user: mirror.stringAt(c.user[slot] ?? 0),
    firstSeenAt: isoTime(c.firstSeenAt[slot]) ?? new Date(0).toISOString(),
    stateSinceAt: isoTime(c.stateSinceAt[slot]),
    createdAt: isoTime(c.createdAt[slot]),
    receivedBytes: known(c.receivedBytes[slot]),
    sentBytes: known(c.sentBytes[slot]),
    receiveQueue: counted(c.receiveQueue[slot]),
    sendQueue: listening ? undefined : sendQueue,
    backlog: listening ? sendQueue : undefined,
    roundTripMs: toMicroseconds(known(c.roundTripMs[slot])),
    retransmits: counted(c.retransmits[slot]),
    segmentsSent: counted(c.segmentsSent[slot]),
    // The kernel takes the handshake for the last data where there was none.
    lastReceivedAt: c.receivedBytes[slot] === 0 ? undefined : isoOfSeconds(c.lastReceivedSeconds[slot]),
    lastSentAt: c.sentBytes[slot] === 0 ? undefined : isoOfSeconds(c.lastSentSeconds[slot]),
    unanswered: c.unanswered[slot] === absentUnanswered ? undefined : c.unanswered[slot],
    timer:
      timerKind === 'none'
        ? undefined
        : withoutUndefined<{ kind: TimerKind; expiresInMs?: number }>({
            kind: timerKind,
            expiresInMs: expiresAt === undefined ? undefined : Math.max(0, Math.round(expiresAt - mirror.takenAt)),
          }),
    interface: mirror.stringAt(c.interface[slot] ?? 0),
    service: mirror.stringAt(c.service[slot] ?? 0),
    remoteNames: hasRemote(mirror, slot) ? somethingOf(mirror.names.ofRemote(c, slot)) : undefined,
    portNames: somethingOf(withoutUndefined<PortNames>({ local: localService(mirror, slot), remote: remoteService(mirror, slot) })),
  })
}

function somethingOf<About extends object>(about: About): About | undefined {
  return Object.keys(about).length === 0 ? undefined : about
}
