/** Search terms that single out what a row or one of its cells shows. Names come from outside and may hold anything. */
import ipaddr from 'ipaddr.js'
import type { Connection, Endpoint, Owner } from '../../../src-shared/model/connection.ts'
import { parseQuery, queryText } from '../../../src-shared/query/index.ts'
import { networkAround } from '../../../src-shared/query/network.ts'
import type { TextTest } from '../../../src-shared/query/query.ts'
import type { NumberKey, TextKey } from '../../../src-shared/query/query-keys.ts'
import type { ColumnId } from '../../view/column-id.ts'

export interface SameTerm {
  readonly key: 'cellFilter.process' | 'cellFilter.remote' | 'cellFilter.port' | 'cellFilter.network' | 'cellFilter.user'
  readonly value: string
  /** In the query language, quoted where the text needs it. */
  readonly query: string
}

type SameCandidate = Omit<SameTerm, 'query'> & { readonly query: string | undefined }

/** Longer texts leave too little of the search box for anything else. */
const maximumTermLength = 500
/** The block a home, an office or a rack usually is; for IPv6 the subnet of RFC 4291 section 2.5.4. */
const networkBits = { v4: 24, v6: 64 } as const

/** Terms for rows that have something in common with this one, the most telling first. */
export function sameTerms(row: Connection): readonly SameTerm[] {
  const [owner] = row.owners
  const user = row.user ?? owner?.user
  const port = sharedPort(row)
  const network = row.remote && networkAround(row.remote.address, networkBits)
  const candidates: (SameCandidate | undefined)[] = [
    owner && { key: 'cellFilter.process', value: owner.name ?? String(owner.pid), query: ownerTerm(owner) },
    row.remote && { key: 'cellFilter.remote', value: row.remote.address, query: addressTerm('remote', row.remote) },
    network === undefined ? undefined : { key: 'cellFilter.network', value: network, query: `remote:${network}` },
    { key: 'cellFilter.port', value: String(port), query: numberTerm('port', port) },
    user === undefined ? undefined : { key: 'cellFilter.user', value: user, query: textTerm('user', user) },
  ]
  return candidates.flatMap((term) => (term?.query === undefined ? [] : [{ ...term, query: term.query }]))
}

/** A term for the rows that show the same in a column; undefined where that is not a question one can ask. */
export function cellTerm(column: ColumnId, row: Connection): string | undefined {
  return termsOfColumns[column]?.(row)
}

const localPort = ({ local }: Connection): string => numberTerm('lport', local.port)
const remotePort = ({ remote }: Connection): string | undefined => remote && numberTerm('rport', remote.port)
const localAddress = ({ local }: Connection): string => addressTerm('local', local)
const remoteAddress = ({ remote }: Connection): string | undefined => remote && addressTerm('remote', remote)

/** Columns that are left out show times and amounts, which no two rows have in common, or what the language has no word for. */
const termsOfColumns: Readonly<Partial<Record<ColumnId, (row: Connection) => string | undefined>>> = {
  process: ({ owners: [owner] }) => (owner === undefined ? 'is:unowned' : ownerTerm(owner)),
  pid: ({ owners: [owner] }) => owner && numberTerm('pid', owner.pid),
  protocol: ({ protocol, family }) => `proto:${protocol}${family === 'ipv6' ? 6 : 4}`,
  family: ({ family }) => `is:${family}`,
  state: ({ state }) => state && `state:${state.toLowerCase()}`,
  localAddress,
  localPort,
  localService: localPort,
  localEndpoint: (row) => both(localAddress(row), localPort(row)),
  remoteAddress,
  remotePort,
  remoteService: remotePort,
  remoteEndpoint: (row) => both(remoteAddress(row), remotePort(row)),
  user: ({ user, owners: [owner] }) => textTerm('user', user ?? owner?.user),
  executable: ({ owners: [owner] }) => textTerm('exe', owner?.executable),
  service: ({ service }) => textTerm(undefined, service),
  host: ({ remoteNames }) => textTerm('host', remoteNames?.host),
  country: ({ remoteNames }) => textTerm('country', remoteNames?.country),
  network: ({ remoteNames }) => (remoteNames?.asn === undefined ? undefined : textTerm('asn', String(remoteNames.asn))),
  retransmits: ({ retransmits }) => figureTerm('retrans', retransmits),
  unanswered: ({ unanswered }) => figureTerm('unanswered', unanswered),
  segmentsSent: ({ segmentsSent }) => figureTerm('segments', segmentsSent),
  receiveQueue: ({ receiveQueue }) => figureTerm('recvq', receiveQueue),
  sendQueue: ({ sendQueue }) => figureTerm('sendq', sendQueue),
}

/** Of a service its own port; of a client's connection the one it called. */
function sharedPort({ local, remote }: Connection): number {
  return remote === undefined || remote.port === 0 || local.port < remote.port ? local.port : remote.port
}

function ownerTerm({ name, pid }: Owner): string | undefined {
  return (name === undefined || name === '' ? undefined : textTerm('process', name)) ?? numberTerm('pid', pid)
}

function addressTerm(key: 'local' | 'remote', { address }: Endpoint): string {
  return queryText({ kind: 'address', key, values: [{ kind: 'network', address, bits: ipaddr.IPv6.isValid(address) ? 128 : 32 }] })
}

const numberTerm = (key: NumberKey, amount: number): string =>
  queryText({ kind: 'number', key, values: [{ op: '=', value: { amount, unit: '' } }] })
const figureTerm = (key: NumberKey, amount: number | undefined): string | undefined =>
  amount === undefined ? undefined : numberTerm(key, amount)

/** `key` undefined: a bare word. A line of text cannot hold line breaks and the like; these are written as an expression. */
function textTerm(key: TextKey | undefined, text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  const value = textTest(text)
  const term = key === undefined ? queryText({ kind: 'word', values: [value] }) : queryText({ kind: 'text', key, values: [value] })
  return term.length <= maximumTermLength && parseQuery(term).ok ? term : undefined
}

/** A test that a search box can hold, whatever signs the text has. */
export function textTest(text: string): TextTest {
  return unwritable.test(text) ? { kind: 'regex', source: `^${expressionFor(text)}$`, ignoreCase: false } : { kind: 'plain', text }
}

const unwritable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u

/** Every unit that is not a letter or digit of ASCII as an escape: nothing is left that an expression or a reader could take otherwise. */
function expressionFor(text: string): string {
  return text
    .split('')
    .map((unit) => (/[a-z0-9_]/i.test(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('')
}

const both = (...terms: readonly (string | undefined)[]): string | undefined => {
  const known = terms.filter((term) => term !== undefined)
  return known.length > 1 ? `(${known.join(' ')})` : known[0]
}
