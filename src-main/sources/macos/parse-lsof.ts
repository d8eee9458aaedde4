/**
 * What `lsof -nP -iTCP -iUDP -Tqs -F pcuLRfntTPd0` prints: a set of fields per process, then one per descriptor; fields end in NUL,
 * sets in a new line (lsof(8), OUTPUT FOR OTHER PROGRAMS). Pure and total. A socket that several processes hold comes once with each.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { listenCode, stateAbsent } from '../../../src-shared/model/tcp-state.ts'
import { hashPair } from '../../table/identity-index.ts'
import { flagQueues, packHead, recordWord } from '../../table/row-record.ts'
import { stateCodeOfWord } from './macos-states.ts'
import { takeEmbeddedScope, writeMarkedTupleIdentity } from './socket-identity.ts'
import { portOfText, writeAddressText, type EndpointSide } from './write-address-text.ts'

export interface LsofContext {
  readonly record: Uint32Array
  readonly labels: { interface(index: number): number; text(name: string): number }
  /** The record is reused. `further` are the pids of the other processes that hold the socket. */
  readonly take: (record: Uint32Array, further: readonly number[]) => void
}

export interface LsofOutcome {
  readonly rows: number
  readonly malformed: number
}

interface HeldSocket {
  readonly fields: ReadonlyMap<string, string>
  readonly login: string | undefined
  readonly pids: number[]
}

export function parseLsof(text: string, context: LsofContext): LsofOutcome {
  const sockets = new Map<string, HeldSocket>()
  let pid = 0
  let login: string | undefined
  let malformed = 0
  for (const line of text.split('\n')) {
    const fields = fieldsOf(line)
    const told = fields.get('p')
    if (told !== undefined) {
      pid = /^\d{1,9}$/.test(told) ? Number(told) : 0
      login = fields.get('L')
      if (pid === 0) malformed += 1
    } else if (pid !== 0 && isSocket(fields)) collect(sockets, fields, pid, login)
  }
  let rows = 0
  for (const socket of sockets.values()) {
    if (readSocket(socket, context)) rows += 1
    else malformed += 1
  }
  return { rows, malformed }
}

/** By their first character; T comes several times and is told apart by its own name: TST, TQR, TQS. */
function fieldsOf(line: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const field of line.split('\0')) {
    const assigned = field.startsWith('T') ? field.indexOf('=') : 0
    if (field === '' || assigned < 0) continue
    const key = assigned > 0 ? field.slice(0, assigned) : field.slice(0, 1)
    fields.set(key, field.slice(assigned > 0 ? assigned + 1 : 1))
  }
  return fields
}

function isSocket(fields: ReadonlyMap<string, string>): boolean {
  const type = fields.get('t')
  const protocol = fields.get('P')
  return (type === 'IPv4' || type === 'IPv6') && (protocol === 'TCP' || protocol === 'UDP')
}

/** The device is the (hashed) address of the socket's control block, the same in every process that holds it. */
function collect(sockets: Map<string, HeldSocket>, fields: ReadonlyMap<string, string>, pid: number, login: string | undefined): void {
  const device = fields.get('d')
  const key = device === undefined ? `${pid} ${fields.get('f')}` : `${fields.get('P')} ${device} ${fields.get('n')}`
  const known = sockets.get(key)
  if (known === undefined) sockets.set(key, { fields, login, pids: [pid] })
  else if (!known.pids.includes(pid)) known.pids.push(pid)
}

function readSocket({ fields, login, pids }: HeldSocket, { record, labels, take }: LsofContext): boolean {
  const protocol = fields.get('P') === 'UDP' ? 1 : 0
  const family = fields.get('t') === 'IPv6' ? 6 : 4
  const state = protocol === 0 ? stateCodeOfWord(fields.get('TST') ?? '') : stateAbsent
  record.fill(0)
  record[recordWord.head] = packHead(protocol, family, state, 0)
  const [local = '', remote = '*:*'] = (fields.get('n') ?? '').split('->')
  const localPort = writeEndpoint(record, 'local', local, family)
  const remotePort = writeEndpoint(record, 'remote', remote, family)
  if (localPort === undefined || remotePort === undefined) return false
  record[recordWord.ports] = ((localPort << 16) | remotePort) >>> 0
  if (record[recordWord.ports] === 0) return true // made and never bound: no endpoint of anything
  const scope = takeEmbeddedScope(record)
  record[recordWord.interface] = scope === 0 ? 0 : labels.interface(scope)
  record[recordWord.user] = login === undefined ? 0 : labels.text(login)
  const [first = 0, ...further] = pids
  record[recordWord.pid] = first
  record[recordWord.retransmits] = absentCount
  writeQueues(record, state, fields)
  const device = fields.get('d')
  writeMarkedTupleIdentity(record, device === undefined ? first : textHash(device))
  take(record, further)
  return true
}

/** `address:port` with brackets around IPv6. Returns the port. */
function writeEndpoint(record: Uint32Array, side: EndpointSide, text: string, family: 4 | 6): number | undefined {
  const colon = text.lastIndexOf(':')
  if (colon < 0) return undefined
  const address = text.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
  return writeAddressText(record, side, address, family) ? portOfText(text.slice(colon + 1)) : undefined
}

/** Of listeners these are not the waiting connections, so they say nothing. */
function writeQueues(record: Uint32Array, state: number, fields: ReadonlyMap<string, string>): void {
  const received = Number(fields.get('TQR') ?? Number.NaN)
  const sent = Number(fields.get('TQS') ?? Number.NaN)
  const told = state !== listenCode && isCount(received) && isCount(sent)
  record[recordWord.receiveQueue] = told ? received : absentCount
  record[recordWord.sendQueue] = told ? sent : absentCount
  if (told) record[recordWord.flags] = flagQueues
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < absentCount
}

function textHash(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at += 1) hash = hashPair(hash, text.charCodeAt(at))
  return hash
}
