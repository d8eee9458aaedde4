/**
 * The output of `netstat -ano` of any Windows language. Pure and total. Headings, and in some languages the states, are translated
 * and come in the console's code page; so a row is recognised by its protocol, the endpoints and the number at its end, and a foreign
 * port 0 means listening. A word that is no known state leaves the state open; the row stays.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { listenCode, stateAbsent, stateCode } from '../../../src-shared/model/tcp-state.ts'
import { flagTupleIdentity, packHead, protocolCode, recordWord } from '../../table/row-record.ts'
import { writeEndpointIdentity } from './endpoint-identity.ts'
import { parseAddress } from '../parse-address.ts'

export interface NetstatContext {
  readonly record: Uint32Array
  scopeReference(scope: number): number
  take(record: Uint32Array): void
}

export interface ParsedNetstat {
  readonly rows: number
  /** Lines that begin like a row and make no sense. */
  readonly malformed: number
  /** Rows whose state is in a language not known here. */
  readonly unknownStates: number
}

/** English words also stand in the French and Chinese outputs; the German ones are those of a console in code page 850 or 1252. */
const states = new Map([
  ['LISTENING', listenCode],
  ['ESTABLISHED', stateCode('ESTABLISHED')],
  ['SYN_SENT', stateCode('SYN_SENT')],
  ['SYN_RECEIVED', stateCode('SYN_RECEIVED')],
  ['SYN_RCVD', stateCode('SYN_RECEIVED')],
  ['FIN_WAIT_1', stateCode('FIN_WAIT_1')],
  ['FIN_WAIT_2', stateCode('FIN_WAIT_2')],
  ['CLOSE_WAIT', stateCode('CLOSE_WAIT')],
  ['CLOSING', stateCode('CLOSING')],
  ['LAST_ACK', stateCode('LAST_ACK')],
  ['TIME_WAIT', stateCode('TIME_WAIT')],
  ['CLOSED', stateCode('CLOSED')],
  ['DELETE_TCB', stateCode('DELETE_TCB')],
  ['BOUND', stateCode('BOUND')],
  ['HERGESTELLT', stateCode('ESTABLISHED')],
  ['SYN_GESENDET', stateCode('SYN_SENT')],
  ['SYN_EMPFANGEN', stateCode('SYN_RECEIVED')],
  ['FIN_WARTEN_1', stateCode('FIN_WAIT_1')],
  ['FIN_WARTEN_2', stateCode('FIN_WAIT_2')],
  ['SCHLIESSEN_WARTEN', stateCode('CLOSE_WAIT')],
  ['WARTEND', stateCode('TIME_WAIT')],
])
/** "TCP local foreign state pid" and "UDP local *:* pid"; the state may be several words or missing. */
const rowPattern = /^\s*(TCP|UDP)\s+(\S+)\s+(\S+)((?:\s+\S+)*?)\s+(\d{1,10})\s*$/
const rowStart = /^\s*(?:TCP|UDP)\s/
const endpointPattern = /^(?:\[([0-9a-fA-F:.]+)(?:%(\d{1,10}))?\]|([0-9.]+)):(\d{1,5})$/
/** The longest row is two IPv6 addresses with zones and a state; longer lines are none. */
const longestRow = 512

interface Endpoint {
  readonly family: 4 | 6
  readonly words: readonly number[]
  readonly port: number
  readonly scope: number
}

/** `text` is decoded as latin1, so that any code page gives one character per byte. */
export function parseNetstat(text: string, context: NetstatContext): ParsedNetstat {
  let rows = 0
  let malformed = 0
  let unknownStates = 0
  for (const line of text.split('\n')) {
    if (!rowStart.test(line)) continue
    const answer = line.length > longestRow ? 'malformed' : readRow(line, context)
    if (answer === 'malformed') malformed += 1
    else rows += 1
    if (answer === 'unknown-state') unknownStates += 1
  }
  return { rows, malformed, unknownStates }
}

function readRow(line: string, context: NetstatContext): 'row' | 'unknown-state' | 'malformed' {
  const [, protocol, localText = '', remoteText = '', word = '', pidText = ''] = rowPattern.exec(line) ?? []
  const local = parseEndpoint(localText)
  const remote = remoteText === '*:*' ? undefined : parseEndpoint(remoteText)
  const pid = Number(pidText)
  if (local === undefined || (remote === undefined && remoteText !== '*:*') || pid > 0xffffffff) return 'malformed'
  if (remote !== undefined && remote.family !== local.family) return 'malformed'
  const isTcp = protocol === 'TCP'
  const hasPeer = remote !== undefined && remote.port !== 0
  const state = isTcp ? stateOf(word, hasPeer) : stateAbsent
  const { record } = context
  record.fill(0, recordWord.head)
  record[recordWord.head] = packHead(protocolCode(isTcp ? 'tcp' : 'udp'), local.family, state, 0)
  record[recordWord.ports] = ((local.port << 16) | (hasPeer ? remote.port : 0)) >>> 0
  record.set(local.words, recordWord.local)
  record.set(hasPeer ? remote.words : unspecified[local.family], recordWord.remote)
  record[recordWord.pid] = pid
  record[recordWord.retransmits] = absentCount
  record[recordWord.flags] = flagTupleIdentity
  const scope = local.scope === 0 ? (remote?.scope ?? 0) : local.scope
  record[recordWord.interface] = scope === 0 ? 0 : context.scopeReference(scope)
  writeEndpointIdentity(record, scope, hasPeer ? 0 : pid, 0)
  context.take(record)
  return isTcp && state === stateAbsent ? 'unknown-state' : 'row'
}

const unspecified = { 4: [0, 0, 0xffff, 0], 6: [0, 0, 0, 0] } as const

function stateOf(text: string, hasPeer: boolean): number {
  const word = text.trim().toUpperCase()
  const known = states.get(word)
  if (hasPeer) return known ?? stateAbsent
  // Nothing but a listener has no peer, except sockets that are bound or closed where netstat was asked for those.
  return known === undefined || known === listenCode ? listenCode : known
}

function parseEndpoint(text: string): Endpoint | undefined {
  const [, six, scope, four, portText] = endpointPattern.exec(text) ?? []
  const port = Number(portText)
  const address = six ?? four
  if (address === undefined || port > 0xffff) return undefined
  const family = six === undefined ? 4 : 6
  const words = parseAddress(address, family)
  return words === undefined ? undefined : { family, words, port, scope: Number(scope ?? 0) >>> 0 }
}
