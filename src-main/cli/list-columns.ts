import type { Connection } from '../../src-shared/model/connection.ts'
import { endpointText } from '../../src-shared/model/address.ts'
import { networkText } from '../../src-shared/model/known-names.ts'
import { bytesText } from './text/bytes-text.ts'

/** What a column needs to know beside the connection. */
export interface CellContext {
  readonly stateWord: (connection: Connection) => string | undefined
  /** Said in place of an owner that is not known. */
  readonly whyNoOwner: (connection: Connection) => string
}

export interface ListColumn {
  readonly align: 'left' | 'right'
  readonly shrinkTo?: number
  readonly keepEnd?: number
  /** The value as data: CSV and sorting. Absent is unknown. */
  value(connection: Connection): string | number | undefined
  /** For people, where it differs. */
  text?(connection: Connection, context: CellContext): string | undefined
}

type Value = ListColumn['value']
const left = (value: Value, more: Partial<ListColumn> = {}): ListColumn => ({ align: 'left', value, ...more })
const right = (value: Value, more: Partial<ListColumn> = {}): ListColumn => ({ align: 'right', value, ...more })
const joined = (values: readonly (string | number | undefined)[]): string | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.join(';')
}
const firstAndCount = (values: readonly (string | number | undefined)[]): string | undefined =>
  values[0] === undefined ? undefined : values.length === 1 ? String(values[0]) : `${values[0]} +${values.length - 1}`

/** The port, with its colon, says more than the middle of an address. */
const shortEndpoint = { shrinkTo: 14, keepEnd: 6 }

export const listColumns = {
  process: left(({ owners }) => joined(owners.map(({ name }) => name)), {
    shrinkTo: 10,
    text: (connection, { whyNoOwner }) => firstAndCount(namesOf(connection)) ?? `[${whyNoOwner(connection)}]`,
  }),
  pid: right(({ owners }) => (owners.length === 1 ? owners[0]?.pid : joined(owners.map(({ pid }) => pid))), {
    text: ({ owners }) => firstAndCount(owners.map(({ pid }) => pid)),
  }),
  protocol: left(({ protocol }) => protocol, { text: ({ protocol, family }) => (family === 'ipv6' ? `${protocol}6` : protocol) }),
  family: left(({ family }) => family),
  state: left(({ state }) => state, { text: (connection, { stateWord }) => stateWord(connection) }),
  local: left(({ local }) => endpointText(local.address, local.port), shortEndpoint),
  remote: left(({ remote }) => remote && endpointText(remote.address, remote.port), shortEndpoint),
  user: left(userOf, { shrinkTo: 6 }),
  owners: right(({ owners }) => owners.length || undefined),
  executable: left(({ owners }) => joined(owners.map(({ executable }) => executable)), { shrinkTo: 12 }),
  started: left(({ owners }) => owners[0]?.startedAt),
  created: left(({ createdAt }) => createdAt),
  'first-seen': left(({ firstSeenAt }) => firstSeenAt),
  'state-since': left(({ stateSinceAt }) => stateSinceAt),
  'last-received': left(({ lastReceivedAt }) => lastReceivedAt),
  'last-sent': left(({ lastSentAt }) => lastSentAt),
  received: right(({ receivedBytes }) => receivedBytes, {
    text: ({ receivedBytes }) => (receivedBytes === undefined ? undefined : bytesText(receivedBytes)),
  }),
  sent: right(({ sentBytes }) => sentBytes, { text: ({ sentBytes }) => (sentBytes === undefined ? undefined : bytesText(sentBytes)) }),
  'receive-queue': right(({ receiveQueue }) => receiveQueue),
  'send-queue': right(({ sendQueue }) => sendQueue),
  'accept-queue': right(({ state, receiveQueue }) => (state === 'LISTEN' ? receiveQueue : undefined)),
  backlog: right(({ backlog }) => backlog),
  rtt: right(({ roundTripMs }) => roundTripMs, {
    text: ({ roundTripMs }) => (roundTripMs === undefined ? undefined : `${roundTripMs.toFixed(roundTripMs < 10 ? 2 : 0)} ms`),
  }),
  retransmits: right(({ retransmits }) => retransmits),
  unanswered: right(({ unanswered }) => unanswered),
  'segments-sent': right(({ segmentsSent }) => segmentsSent),
  timer: left(({ timer }) => timer && (timer.expiresInMs === undefined ? timer.kind : `${timer.kind} ${timer.expiresInMs} ms`)),
  interface: left((connection) => connection.interface),
  service: left(({ service }) => service),
  'local-service': left(({ portNames }) => portNames?.local),
  'remote-service': left(({ portNames }) => portNames?.remote),
  host: left(({ remoteNames }) => remoteNames?.host, { shrinkTo: 16, keepEnd: 12 }),
  country: left(({ remoteNames }) => remoteNames?.country),
  network: left(({ remoteNames }) => remoteNames && networkText(remoteNames), { shrinkTo: 12 }),
  visibility: left(({ visibility }) => visibility),
  'local-address': left(({ local }) => local.address),
  'local-port': right(({ local }) => local.port),
  'remote-address': left(({ remote }) => remote?.address),
  'remote-port': right(({ remote }) => remote?.port),
  id: left(({ id }) => id),
} satisfies Record<string, ListColumn>

export type ListColumnName = keyof typeof listColumns
export const listColumnNames = Object.keys(listColumns) as ListColumnName[]

/** Filled only after a question about addresses, of which some are asked of others, and about ports. */
export const addressNameColumns: ReadonlySet<ListColumnName> = new Set(['host', 'country', 'network'])
export const portNameColumns: ReadonlySet<ListColumnName> = new Set(['local-service', 'remote-service'])

/** What TCPView and `ss -tunp` show first. */
export const usualColumns: readonly ListColumnName[] = ['process', 'pid', 'protocol', 'state', 'local', 'remote', 'user']

/** Programs that read CSV want single facts. */
export const usualCsvColumns: readonly ListColumnName[] = [
  'protocol',
  'family',
  'state',
  'local-address',
  'local-port',
  'remote-address',
  'remote-port',
  'pid',
  'process',
  'user',
  'executable',
  'visibility',
  'received',
  'sent',
  'receive-queue',
  'send-queue',
  'backlog',
  'id',
]

function namesOf({ owners }: Connection): string[] {
  return owners.map(({ name, pid }) => name ?? `(${pid})`)
}

function userOf({ user, owners }: Connection): string | undefined {
  return user ?? owners[0]?.user
}
