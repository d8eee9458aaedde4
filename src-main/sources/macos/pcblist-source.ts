/**
 * Connections from the kernel's own tables, the way netstat reads them: every user's sockets with their pids, no privileges. The
 * interface is not documented, so before it is trusted it must show a listening socket of our own, with our pid.
 */
import { listenCode } from '../../../src-shared/model/tcp-state.ts'
import { interfaceNameOf, userNameOf } from '../../native/macos/names-of-numbers.ts'
import type { LoadedMacApi, MacApi } from '../../native/macos/lib-system.ts'
import { openProbeListener } from '../../native/macos/probe-listener.ts'
import { SysctlReader } from '../../native/macos/read-sysctl.ts'
import { recordWord, stateOfHead } from '../../table/row-record.ts'
import { createScratchRecord, type RowTable } from '../../table/row-table.ts'
import { LabelCache } from '../label-cache.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import { decodePcblist, type CounterLayout, type PcblistContext, type PcblistOutcome } from './decode-pcblist.ts'
import { TwoTables, type TableProtocol } from './two-tables.ts'

/** Darwin 24 is macOS 15, whose counters mean something else. */
const firstDataFirstRelease = 24
const loopback = 0x7f000001

type TableAnswer = (PcblistOutcome & { readonly reason?: undefined }) | { readonly reason: string }

export function createPcblistSource({ load, ownPid }: { readonly load: () => LoadedMacApi; readonly ownPid: number }): SourceFactory {
  return {
    id: 'pcblist_n',
    open() {
      const loaded = load()
      if (!loaded.ok) return { unusable: loaded.reason }
      const source = new PcblistSource(loaded.api)
      const unusable = source.probe(ownPid)
      return unusable === undefined ? source : { unusable }
    },
  }
}

/** What the counters of a Darwin release such as `23.6.0` mean; undefined when the release is unknown. */
export function counterLayoutOf(release: string): CounterLayout | undefined {
  const major = /^(\d{1,3})\./.exec(release)?.[1]
  if (major === undefined) return undefined
  return Number(major) < firstDataFirstRelease ? 'traffic-classes' : 'data-first'
}

class PcblistSource implements ConnectionSource {
  readonly id = 'pcblist_n'
  readonly #api: MacApi
  readonly #reader: SysctlReader
  readonly #labels: LabelCache
  readonly #counters: CounterLayout | undefined
  readonly #record = createScratchRecord()
  readonly #tables = new TwoTables()

  constructor(api: MacApi) {
    this.#api = api
    this.#reader = new SysctlReader(api)
    this.#labels = new LabelCache({ userName: (uid) => userNameOf(api, uid), interfaceName: (index) => interfaceNameOf(api, index) })
    const release = this.#reader.readName('kern.osrelease')
    this.#counters = release.ok ? counterLayoutOf(Buffer.from(release.bytes).toString('latin1')) : undefined
  }

  /** Why the tables cannot be trusted here; undefined when they can. */
  probe(ownPid: number): string | undefined {
    const listener = openProbeListener(this.#api)
    if (!listener.ok) return `no listener to probe with: ${listener.reason}`
    try {
      let pid: number | undefined
      const tcp = this.#read('tcp', (record) => {
        if (isListenerAt(record, listener.port)) pid = record[recordWord.pid]
      })
      const udp = this.#read('udp', () => {})
      const fault = layoutFault(tcp) ?? layoutFault(udp)
      if (fault !== undefined) return fault
      if (pid === undefined) return 'an own listening socket is not in the table'
      return pid === ownPid ? undefined : `an own socket is said to belong to process ${pid}`
    } finally {
      listener.close()
    }
  }

  look(table: RowTable): LookOutcome {
    this.#labels.useTable(table)
    const take = (record: Uint32Array, workedFor: number): void => {
      const slot = table.upsert(record)
      if (workedFor === 0) table.toldPids.forget(slot)
      else table.toldPids.set(slot, [workedFor])
    }
    return this.#tables.look((protocol) => {
      const answer = this.#read(protocol, take)
      return answer.reason === undefined
        ? { reason: answer.fault, malformed: answer.malformed + answer.unknownKinds }
        : { reason: answer.reason, malformed: 0 }
    })
  }

  close(): void {
    // Nothing is kept open between looks.
  }

  #read(protocol: TableProtocol, take: PcblistContext['take']): TableAnswer {
    const answer = this.#reader.readName(`net.inet.${protocol}.pcblist_n`)
    if (!answer.ok) return { reason: answer.reason }
    return decodePcblist(answer.bytes, { protocol, counters: this.#counters, record: this.#record, labels: this.#labels, take })
  }
}

function isListenerAt(record: Uint32Array, port: number): boolean {
  return (
    (record[recordWord.ports] as number) >>> 16 === port &&
    stateOfHead(record[recordWord.head] as number) === listenCode &&
    record[recordWord.local + 3] === loopback
  )
}

function layoutFault(answer: TableAnswer): string | undefined {
  if (answer.reason !== undefined) return answer.reason
  if (answer.fault !== undefined) return answer.fault
  if (answer.unknownKinds > 0) return `${answer.unknownKinds} records of an unknown kind`
  return answer.malformed > 0 ? `${answer.malformed} records shorter than their kind` : undefined
}
