/** A view of the window as far as one listing can show it: its search and switches, its columns and its order. Pure. */
import { noState, type KeptFilters } from '../../src-shared/model/kept-filters.ts'
import type { ViewContent } from '../../src-shared/model/saved-view.ts'
import type { TcpState } from '../../src-shared/model/tcp-state.ts'
import { parseQuery, type Query, type QueryError } from '../../src-shared/query/index.ts'
import type { ListColumnName } from './list-columns.ts'
import type { SortKey } from './list-order.ts'

export interface ViewInList {
  readonly query: Query
  /** Undefined where the view leaves them to the listing. */
  readonly columns: readonly ListColumnName[] | undefined
  readonly sort: readonly SortKey[]
  /** Columns by the window's names that a listing does not have. */
  readonly missing: readonly string[]
  /** It is of a page of groups, and a listing has single sockets. */
  readonly isGrouped: boolean
}
export type ViewInListOutcome = { readonly ok: true; readonly value: ViewInList } | { readonly ok: false; readonly error: QueryError }

/** By the window's names, which views are kept with. Rates need two looks, and a listing looks once. */
export const listColumnOf: Readonly<Record<string, ListColumnName>> = {
  process: 'process',
  pid: 'pid',
  protocol: 'protocol',
  state: 'state',
  localAddress: 'local-address',
  localPort: 'local-port',
  remoteAddress: 'remote-address',
  remotePort: 'remote-port',
  user: 'user',
  firstSeen: 'first-seen',
  received: 'received',
  sent: 'sent',
  localEndpoint: 'local',
  remoteEndpoint: 'remote',
  localService: 'local-service',
  remoteService: 'remote-service',
  host: 'host',
  country: 'country',
  network: 'network',
  family: 'family',
  executable: 'executable',
  timeInState: 'state-since',
  created: 'created',
  lastReceived: 'last-received',
  lastSent: 'last-sent',
  roundTrip: 'rtt',
  retransmits: 'retransmits',
  unanswered: 'unanswered',
  segmentsSent: 'segments-sent',
  receiveQueue: 'receive-queue',
  sendQueue: 'send-queue',
  acceptQueue: 'accept-queue',
  backlog: 'backlog',
  timer: 'timer',
  interface: 'interface',
  service: 'service',
  owners: 'owners',
  ownerNote: 'visibility',
}
/** The window sorts these by age and a listing by time: what is oldest has the greatest age and the earliest time. */
const aged: ReadonlySet<string> = new Set(['firstSeen', 'timeInState', 'created', 'lastReceived', 'lastSent'])
/** What groups are ordered by, as far as single sockets have it. */
const groupColumns: Readonly<Record<string, ListColumnName>> = {
  name: 'process',
  pid: 'pid',
  user: 'user',
  received: 'received',
  sent: 'sent',
  port: 'local-port',
  service: 'local-service',
  owner: 'process',
  since: 'first-seen',
  address: 'remote-address',
  roundTrip: 'rtt',
  firstSeen: 'first-seen',
}

export function viewInList({ page, filters, table, groupSort }: ViewContent): ViewInListOutcome {
  const outcome = parseQuery(filters.text)
  if (!outcome.ok) return { ok: false, error: outcome.error }
  const terms = [outcome.query, ...ofPage(page), ...ofSwitches(filters), ...ofStates(filters)].filter(({ kind }) => kind !== 'everything')
  const shown = table?.columns.filter(({ hidden }) => !hidden) ?? []
  const inOrder = [...shown.filter(({ pinned }) => pinned), ...shown.filter(({ pinned }) => !pinned)].map(({ id }) => id)
  const sortTerms = page === 'connections' ? (table?.sort ?? []) : []
  const columns = inOrder.flatMap((id) => own(listColumnOf, id) ?? [])
  const groupColumn = groupSort === undefined || page === 'connections' ? undefined : own(groupColumns, groupSort.column)
  return {
    ok: true,
    value: {
      query: terms.length === 1 && terms[0] !== undefined ? terms[0] : terms.length === 0 ? { kind: 'everything' } : { kind: 'and', terms },
      columns: columns.length === 0 ? undefined : columns,
      sort: [
        ...sortTerms.flatMap(({ column, descending }): SortKey[] => {
          const name = own(listColumnOf, column)
          return name === undefined ? [] : [{ column: name, descending: descending !== aged.has(column) }]
        }),
        ...(groupColumn === undefined ? [] : [{ column: groupColumn, descending: groupSort?.descending === true }]),
      ],
      missing: [...new Set([...inOrder, ...sortTerms.map(({ column }) => column)])].filter((id) => own(listColumnOf, id) === undefined),
      isGrouped: page !== 'connections',
    },
  }
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

const isIn = (...values: Extract<Query, { kind: 'set' }>['values']): Query => ({ kind: 'set', values })

/** What a page of groups leaves out by itself. */
function ofPage(page: ViewContent['page']): Query[] {
  if (page === 'listening') return [isIn('listening')]
  // Whoever has no other end is of no remote host.
  return page === 'remotes' ? [{ kind: 'not', term: isIn('listening') }] : []
}

const switchTerms: Readonly<Record<KeptFilters['hidden'][number], Query>> = {
  tcp: { kind: 'protocol', values: [{ protocol: 'tcp' }] },
  udp: { kind: 'protocol', values: [{ protocol: 'udp' }] },
  ipv4: isIn('ipv4'),
  ipv6: isIn('ipv6'),
  listening: { kind: 'state', values: ['LISTEN'] },
  loopback: isIn('loopback'),
}

function ofSwitches({ hidden }: KeptFilters): Query[] {
  return hidden.map((name) => ({ kind: 'not', term: switchTerms[name] }))
}

function ofStates({ states }: KeptFilters): Query[] {
  if (states.length === 0) return []
  const named = states.filter((state): state is TcpState => state !== noState)
  const terms: Query[] = named.length === 0 ? [] : [{ kind: 'state', values: named }]
  // Only UDP has none.
  if (named.length < states.length) terms.push({ kind: 'protocol', values: [{ protocol: 'udp' }] })
  const [only, ...others] = terms
  return only === undefined ? [] : others.length === 0 ? [only] : [{ kind: 'or', terms }]
}
