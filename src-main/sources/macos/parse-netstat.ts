/**
 * What `netstat -anlvb -p tcp` or `-p udp` prints on macOS 10.13 to 26. Pure and total. The columns behind the state differ from
 * release to release, so they are found by the order of their headings; never by position, for rows and headings are not aligned
 * in every release.
 */
import { absentCount } from '../../../src-shared/model/columns.ts'
import { listenCode, stateAbsent } from '../../../src-shared/model/tcp-state.ts'
import { flagCounters, flagQueues, packHead, recordWord } from '../../table/row-record.ts'
import { handOver } from './hand-over.ts'
import { stateCodeOfWord } from './macos-states.ts'
import { takeEmbeddedScope, writeIdentity } from './socket-identity.ts'
import { portOfText, writeAddressText, type EndpointSide } from './write-address-text.ts'

export interface NetstatContext {
  readonly record: Uint32Array
  readonly labels: { interface(index: number): number; text(name: string): number }
  /** The record is reused. `workedFor` is the process on whose behalf the owner uses the socket, 0 when there is none. */
  readonly take: (record: Uint32Array, workedFor: number) => void
}

export interface NetstatOutcome {
  readonly rows: number
  /** Lines that begin like a row and are none. */
  readonly malformed: number
  /** False when there was no heading, or none with the owner's pid: this is not the output that was asked for. */
  readonly understood: boolean
}

/** Protocol, two queues, two endpoints. */
const leadingColumns = 5
const two32 = 4_294_967_296
/** A name that may hold blanks, and the pid behind its last colon (macOS 26). */
const namedPid = 'process:pid'

export function parseNetstat(text: string, context: NetstatContext): NetstatOutcome {
  let columns: readonly string[] | undefined
  let rows = 0
  let malformed = 0
  for (const line of text.split('\n')) {
    if (line.startsWith('Proto')) columns = trailingColumns(line)
    else if (columns !== undefined && /^(tcp|udp)(4|6|46)\s/.test(line)) {
      if (readRow(line, columns, context)) rows += 1
      else malformed += 1
    }
  }
  const understood = columns !== undefined && (columns.includes('pid') || columns.includes(namedPid))
  return { rows, malformed, understood }
}

/** The headings behind "(state)". */
function trailingColumns(heading: string): readonly string[] | undefined {
  const state = heading.indexOf('(state)')
  return state < 0 ? undefined : words(heading.slice(state + '(state)'.length))
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

function readRow(line: string, columns: readonly string[], { record, labels, take }: NetstatContext): boolean {
  const tokens = words(line)
  const [kind = '', receiveQueue = '', sendQueue = '', local = '', remote = ''] = tokens
  const protocol = kind.startsWith('udp') ? 1 : 0
  const cells = cellsByColumn(tokens.slice(protocol === 0 ? leadingColumns + 1 : leadingColumns), columns)
  const pid = wholeNumber(cells.get('pid') ?? pidBehindName(cells.get(namedPid)))
  if (pid === undefined) return false
  const family = kind.endsWith('6') ? 6 : 4
  const state = protocol === 0 ? stateCodeOfWord(tokens[leadingColumns] ?? '') : stateAbsent
  record.fill(0)
  record[recordWord.head] = packHead(protocol, family, state, 0)
  const localPort = writeEndpoint(record, 'local', local, family)
  const remotePort = writeEndpoint(record, 'remote', remote, family)
  if (localPort === undefined || remotePort === undefined) return false
  record[recordWord.ports] = ((localPort << 16) | remotePort) >>> 0
  record[recordWord.interface] = scopeReference(record, local, remote, labels)
  record[recordWord.pid] = pid
  record[recordWord.retransmits] = absentCount
  writeQueues(record, state, receiveQueue, sendQueue)
  writeCounters(record, cells.get('rxbytes'), cells.get('txbytes'))
  const generation = hexadecimal(cells.get('gencnt'))
  writeIdentity(record, generation.low, generation.high, remotePort === 0 ? pid : 0)
  handOver(record, wholeNumber(cells.get('epid')) ?? 0, take)
  return true
}

/** Cells by heading. The one column that may hold blanks takes what the others leave. */
function cellsByColumn(cells: readonly string[], columns: readonly string[]): ReadonlyMap<string, string> {
  const named = columns.indexOf(namedPid)
  if (named < 0) return new Map(columns.map((column, index) => [column, cells[index] ?? '']))
  const behind = columns.length - named - 1
  const end = Math.max(named, cells.length - behind)
  const whole = [...cells.slice(0, named), cells.slice(named, end).join(' '), ...cells.slice(end)]
  return new Map(columns.map((column, index) => [column, whole[index] ?? '']))
}

function pidBehindName(cell: string | undefined): string | undefined {
  return cell?.slice(cell.lastIndexOf(':') + 1)
}

/** `address.port`, joined by the last dot; the address may end in `%zone`. Returns the port. */
function writeEndpoint(record: Uint32Array, side: EndpointSide, text: string, family: 4 | 6): number | undefined {
  const dot = text.lastIndexOf('.')
  if (dot < 0) return undefined
  const address = text.slice(0, dot).split('%', 1)[0] ?? ''
  return writeAddressText(record, side, address, family) ? portOfText(text.slice(dot + 1)) : undefined
}

function scopeReference(record: Uint32Array, local: string, remote: string, labels: NetstatContext['labels']): number {
  const embedded = takeEmbeddedScope(record)
  const zone = zoneOf(local) ?? zoneOf(remote)
  if (zone !== undefined) return labels.text(zone)
  return embedded === 0 ? 0 : labels.interface(embedded)
}

function zoneOf(endpoint: string): string | undefined {
  return /%(.+)\.[^.]*$/.exec(endpoint)?.[1]
}

/** Of listeners these are not the waiting connections (that is -L), so they say nothing. */
function writeQueues(record: Uint32Array, state: number, receiveQueue: string, sendQueue: string): void {
  const received = wholeNumber(receiveQueue)
  const sent = wholeNumber(sendQueue)
  const told = state !== listenCode && received !== undefined && sent !== undefined
  record[recordWord.receiveQueue] = told ? received : absentCount
  record[recordWord.sendQueue] = told ? sent : absentCount
  if (told) record[recordWord.flags] = flagQueues
}

function writeCounters(record: Uint32Array, receivedText: string | undefined, sentText: string | undefined): void {
  const received = wholeNumber(receivedText, Number.MAX_SAFE_INTEGER)
  const sent = wholeNumber(sentText, Number.MAX_SAFE_INTEGER)
  if (received === undefined || sent === undefined) return
  record[recordWord.receivedLow] = received % two32
  record[recordWord.receivedHigh] = Math.floor(received / two32)
  record[recordWord.sentLow] = sent % two32
  record[recordWord.sentHigh] = Math.floor(sent / two32)
  record[recordWord.flags] = (record[recordWord.flags] as number) | flagCounters
}

function wholeNumber(text: string | undefined, most = 0xfffffffe): number | undefined {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined
  const value = Number(text)
  return value <= most ? value : undefined
}

function hexadecimal(text: string | undefined): { readonly low: number; readonly high: number } {
  if (text === undefined || !/^[\da-f]{16}$/.test(text)) return { low: 0, high: 0 }
  return { high: Number.parseInt(text.slice(0, 8), 16), low: Number.parseInt(text.slice(8), 16) }
}
