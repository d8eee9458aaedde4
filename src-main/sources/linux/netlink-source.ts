/**
 * Connections from the kernel's sock_diag interface. TCP of both families comes from one walk over the hash (the compatibility
 * request, 15 to 20 % cheaper at 40,000 sockets), from one walk per family where that is refused; UDP per family.
 */
import type { Problem } from '../../../src-shared/model/problem.ts'
import { protocols } from '../../../src-shared/model/columns.ts'
import { boundCode } from '../../../src-shared/model/tcp-state.ts'
import { errnoName } from '../../native/linux/errno-names.ts'
import { NetlinkSocket, type SystemFailure } from '../../native/linux/netlink-socket.ts'
import { readProcFile } from '../../native/linux/proc-files.ts'
import { createScratchRecord, type RowTable, type UnreadTable } from '../../table/row-table.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import { decodeAnswer } from './inet-diag-message.ts'
import {
  AF_INET,
  AF_INET6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  allButBound,
  dumpRequest,
  listenersOnly,
  type DumpTable,
} from './inet-diag-request.ts'
import { LabelCache } from '../label-cache.ts'
import { linuxNames } from './linux-names.ts'
import { parseProcNet } from './parse-proc-net.ts'

const tcpTogether: DumpTable = { family: 'both', protocol: IPPROTO_TCP }
const tcpApart: readonly DumpTable[] = [
  { family: AF_INET, protocol: IPPROTO_TCP },
  { family: AF_INET6, protocol: IPPROTO_TCP },
]
const udp: readonly DumpTable[] = [
  { family: AF_INET, protocol: IPPROTO_UDP },
  { family: AF_INET6, protocol: IPPROTO_UDP },
]
/** The answer of sock_diag(7) when udp_diag is not there; it is loaded on demand where it exists. */
const noDiagModule = 'ENOENT'
/** An interrupted dump is repeated at once, but not for ever on a machine that never rests. */
const dumpAttempts = 2
/**
 * Sockets that are bound and nothing more are found by a walk over the ports of all sockets, a tenth of a dump's cost. Where there
 * are many sockets, that walk is made on every fifth look, and bound rows stay as they are on the others.
 */
const manySockets = 5000
const looksBetweenBound = 5

const boundRows: UnreadTable = { protocol: 0, state: boundCode }

interface DumpOutcome {
  readonly error?: string
  readonly interrupted: boolean
  readonly malformed: number
}

export const netlinkSource: SourceFactory = {
  id: 'netlink',
  open() {
    const socket = NetlinkSocket.open()
    if (!(socket instanceof NetlinkSocket)) return { unusable: failureText(socket) }
    const source = new NetlinkSource(socket)
    const unusable = source.probe()
    if (unusable === undefined) return source
    source.close()
    return { unusable }
  },
}

class NetlinkSource implements ConnectionSource {
  readonly id = 'netlink'
  readonly #socket: NetlinkSocket
  readonly #record = createScratchRecord()
  readonly #labels = new LabelCache(linuxNames)
  #sequence = 0
  #takenAt = 0
  #tables: readonly DumpTable[] = [tcpTogether, ...udp]

  constructor(socket: NetlinkSocket) {
    this.#socket = socket
  }

  /** Why the kernel does not answer TCP dumps; undefined when it does. Settles how TCP is asked for. */
  probe(): string | undefined {
    if (this.#dump(tcpTogether, () => {}, listenersOnly).error === undefined) return undefined
    this.#tables = [...tcpApart, ...udp]
    return this.#dump(tcpApart[0] as DumpTable, () => {}, listenersOnly).error
  }

  look(table: RowTable): LookOutcome {
    this.#labels.useTable(table)
    this.#takenAt = table.takenAt
    const take = (record: Uint32Array): void => void table.upsert(record)
    const unread: UnreadTable[] = []
    const problems: Problem[] = []
    const withoutBound = table.count > manySockets && table.sequence % looksBetweenBound !== 0
    let malformed = 0
    for (const which of this.#tables) {
      const states = withoutBound && which.protocol === IPPROTO_TCP ? allButBound : undefined
      let outcome = this.#dump(which, take, states)
      for (let attempt = 1; outcome.interrupted && attempt < dumpAttempts; attempt += 1) outcome = this.#dump(which, take, states)
      malformed += outcome.malformed
      if (outcome.interrupted) problems.push({ code: 'dump-interrupted', severity: 'info' })
      if (outcome.error === undefined) continue
      const fallback = outcome.error === noDiagModule ? this.#readUdpFromProc(which, take) : undefined
      if (fallback !== undefined) {
        malformed += fallback
        if (!problems.some(({ code }) => code === 'source-fallback'))
          problems.push({ code: 'source-fallback', severity: 'warning', parameters: { source: 'netlink (UDP)', reason: outcome.error } })
        continue
      }
      unread.push(unreadTable(which))
      problems.push({ code: 'table-unreadable', severity: 'warning', parameters: { table: tableName(which), reason: outcome.error } })
    }
    if (malformed > 0) problems.push({ code: 'malformed-answer', severity: 'warning', parameters: { count: malformed } })
    const tcpUnread = unread.some(({ protocol }) => protocols[protocol] === 'tcp')
    if (tcpUnread && unread.length === this.#tables.length) return { ok: false, reason: String(problems[0]?.parameters?.['reason']) }
    return { ok: true, unread: withoutBound ? [...unread, boundRows] : unread, problems }
  }

  close(): void {
    this.#socket.close()
  }

  /** Where the kernel has the module for TCP only. The number of malformed lines; undefined when /proc/net does not help either. */
  #readUdpFromProc({ family, protocol }: DumpTable, take: (record: Uint32Array) => void): number | undefined {
    if (protocol !== IPPROTO_UDP) return undefined
    const read = readProcFile(family === AF_INET6 ? 'self/net/udp6' : 'self/net/udp')
    if (!read.ok) return undefined
    const userReference = (uid: number): number => this.#labels.user(uid)
    return parseProcNet(
      read.bytes,
      { protocol: 'udp', family: family === AF_INET6 ? 6 : 4 },
      { record: createScratchRecord(), userReference, take },
    )
  }

  #dump(table: DumpTable, take: (record: Uint32Array) => void, states?: number): DumpOutcome {
    this.#sequence = (this.#sequence + 1) >>> 0
    const socket = this.#socket
    const sent = socket.send(dumpRequest(table, this.#sequence, states))
    if (sent !== undefined) return { error: failureText(sent), interrupted: false, malformed: 0 }
    const { protocol } = table
    const context = { sequence: this.#sequence, protocol, labels: this.#labels, record: this.#record, takenAt: this.#takenAt }
    let interrupted = false
    let malformed = 0
    for (;;) {
      const length = socket.receive()
      if (typeof length !== 'number') return { error: failureText(length), interrupted, malformed }
      const outcome = decodeAnswer({ bytes: socket.bytes, words: socket.words, halves: socket.halves, length }, context, take)
      interrupted ||= outcome.interrupted
      malformed += outcome.malformed
      if (!outcome.finished) continue
      if (outcome.error !== undefined) return { error: errnoName(outcome.error), interrupted, malformed }
      return { interrupted, malformed }
    }
  }
}

function unreadTable({ family, protocol }: DumpTable): UnreadTable {
  const code = protocol === IPPROTO_TCP ? 0 : 1
  return family === 'both' ? { protocol: code } : { protocol: code, family: family === AF_INET ? 4 : 6 }
}

function tableName({ family, protocol }: DumpTable): string {
  return `${protocol === IPPROTO_TCP ? 'tcp' : 'udp'}${family === AF_INET6 ? '6' : ''}`
}

function failureText({ failed, errno }: SystemFailure): string {
  return `${failed}: ${errnoName(errno)}`
}
