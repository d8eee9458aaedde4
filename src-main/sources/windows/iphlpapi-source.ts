/**
 * Connections from iphlpapi.dll, which tells all endpoints with their pids to every user. Each of the four kinds is asked for with
 * modules (creation, service) first; where that is refused, the plain table stands in.
 */
import type { Problem } from '../../../src-shared/model/problem.ts'
import { listenCode } from '../../../src-shared/model/tcp-state.ts'
import { ERROR_NOT_SUPPORTED, windowsErrorName } from '../../native/windows/error-names.ts'
import type { WindowsApi } from '../../native/windows/windows-api.ts'
import { protocolCode, recordWord, stateOfHead } from '../../table/row-record.ts'
import { createScratchRecord, type RowTable, type UnreadTable } from '../../table/row-table.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import type { ConnectionCounters } from './connection-counters.ts'
import { decodeOwnerTable, type DecodedTable, type EndpointContext } from './decode-owner-tables.ts'
import { EndpointLabels } from './endpoint-labels.ts'
import { ownerTables, type OwnerTableLayout } from './owner-table-layouts.ts'
import { withOwnListener } from './own-listener.ts'
import { OwnerTableReader } from './owner-table-reader.ts'
import { serviceName } from './service-name.ts'

type Kind = keyof typeof ownerTables
const kinds = Object.keys(ownerTables) as Kind[]

type KindOutcome = (DecodedTable & { readonly error?: undefined }) | { readonly error: string; readonly absent: boolean }

export interface IphlpapiOptions {
  readonly api: () => WindowsApi
  /** This process, whose own socket is looked for before the tables are trusted. */
  readonly ownPid?: number
  /** Byte counts of connections where they may be collected. */
  readonly counters?: ConnectionCounters | undefined
}

export function createIphlpapiSource({ api, ownPid = process.pid, counters }: IphlpapiOptions): SourceFactory {
  return {
    id: 'iphlpapi',
    open() {
      const source = new IphlpapiSource(api(), ownPid, counters)
      const unusable = source.probe()
      return unusable === undefined ? source : { unusable }
    },
  }
}

class IphlpapiSource implements ConnectionSource {
  readonly id = 'iphlpapi'
  readonly #reader: OwnerTableReader
  readonly #labels: EndpointLabels
  readonly #counters: ConnectionCounters | undefined
  readonly #record = createScratchRecord()
  /** Kinds whose table with modules is refused here. */
  readonly #plain = new Set<Kind>()

  readonly #api: WindowsApi
  readonly #ownPid: number

  constructor(api: WindowsApi, ownPid: number, counters: ConnectionCounters | undefined) {
    this.#api = api
    this.#ownPid = ownPid
    this.#reader = new OwnerTableReader(api)
    this.#labels = new EndpointLabels((pid, tag) => serviceName(api, pid, tag))
    this.#counters = counters
  }

  /** Why TCP over IPv4 cannot be read or makes no sense; undefined when it can and does. */
  probe(): string | undefined {
    const { error } = this.#read('tcp4', () => {})
    return error ?? withOwnListener(this.#api, (port) => this.#lookForListener(port))
  }

  look(table: RowTable): LookOutcome {
    this.#labels.useTable(table)
    this.#counters?.begin()
    const unread: UnreadTable[] = []
    const problems: Problem[] = []
    let malformed = 0
    let failed = 0
    for (const kind of kinds) {
      const outcome = this.#read(kind, (record) => {
        this.#counters?.fill(record)
        table.upsert(record)
      })
      if (outcome.error === undefined) {
        malformed += outcome.malformed
        continue
      }
      failed += 1
      // Without IPv6 on this machine there is nothing to read, and nothing missing.
      if (outcome.absent) continue
      const [{ protocol, family }] = ownerTables[kind]
      unread.push({ protocol: protocolCode(protocol), family })
      problems.push({ code: 'table-unreadable', severity: 'warning', parameters: { table: kind, reason: outcome.error } })
    }
    if (malformed > 0) problems.push({ code: 'malformed-answer', severity: 'warning', parameters: { count: malformed } })
    if (failed === kinds.length || unread.some(({ protocol, family }) => protocol === 0 && family === 4))
      return { ok: false, reason: String(problems[0]?.parameters?.['reason']) }
    return { ok: true, unread, problems }
  }

  close(): void {
    // Nothing is kept open between looks.
  }

  /** Undefined when the listener is in the table as it is; else why the table is not to be trusted. */
  #lookForListener(port: number): string | undefined {
    const expected = (port << 16) >>> 0
    let found = false
    const { error } = this.#read('tcp4', (record) => {
      const isListener = stateOfHead(record[recordWord.head] as number) === listenCode
      found ||= isListener && record[recordWord.ports] === expected && record[recordWord.pid] === this.#ownPid
    })
    return error ?? (found ? undefined : 'GetExtendedTcpTable tcp4: an own listening socket is not in it')
  }

  #read(kind: Kind, take: EndpointContext['take']): KindOutcome {
    const [withModules, plain] = ownerTables[kind]
    if (!this.#plain.has(kind)) {
      const outcome = this.#readTable(kind, withModules, take)
      if (outcome.error === undefined || outcome.absent) return outcome
      const second = this.#readTable(kind, plain, take)
      if (second.error !== undefined) return outcome
      this.#plain.add(kind)
      return second
    }
    return this.#readTable(kind, plain, take)
  }

  #readTable(kind: Kind, layout: OwnerTableLayout, take: EndpointContext['take']): KindOutcome {
    const answer = this.#reader.read(layout)
    const call = `${layout.protocol === 'tcp' ? 'GetExtendedTcpTable' : 'GetExtendedUdpTable'} ${kind}`
    if ('error' in answer) {
      const absent = layout.family === 6 && answer.error === ERROR_NOT_SUPPORTED
      return { error: `${call}: ${windowsErrorName(answer.error)}`, absent }
    }
    const decoded = decodeOwnerTable(answer, layout, {
      record: this.#record,
      serviceReference: (pid, tag) => this.#labels.service(pid, tag),
      scopeReference: (scope) => this.#labels.scope(scope),
      take,
    })
    return decoded.foreign ? { error: `${call}: unexpected layout`, absent: false } : decoded
  }
}
