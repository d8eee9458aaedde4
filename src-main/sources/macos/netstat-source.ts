/** Connections from `netstat`: slower than the kernel's own tables, with the same rows, for the day their layout changes. */
import type { ToolOutput } from '../../native/run-tool.ts'
import { createScratchRecord, type RowTable } from '../../table/row-table.ts'
import { LabelCache, type Names } from '../label-cache.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import { parseNetstat, type NetstatContext, type NetstatOutcome } from './parse-netstat.ts'
import { TwoTables, type TableProtocol } from './two-tables.ts'

/** run-tool.ts, or what stands in for it. */
export type RunTool = (file: string, args: readonly string[], options?: { readonly accepts?: readonly number[] }) => ToolOutput

export interface ToolSourceOptions {
  readonly run: RunTool
  readonly names: Names
}

const program = '/usr/sbin/netstat'

type TableAnswer = (NetstatOutcome & { readonly reason?: undefined }) | { readonly reason: string }

export function createNetstatSource(options: ToolSourceOptions): SourceFactory {
  return {
    id: 'netstat',
    open() {
      const source = new NetstatSource(options)
      const unusable = source.probe()
      return unusable === undefined ? source : { unusable }
    },
  }
}

class NetstatSource implements ConnectionSource {
  readonly id = 'netstat'
  readonly #run: RunTool
  readonly #labels: LabelCache
  readonly #record = createScratchRecord()
  readonly #tables = new TwoTables()

  constructor({ run, names }: ToolSourceOptions) {
    this.#run = run
    this.#labels = new LabelCache(names)
  }

  /** Why the tool is of no use here; undefined when it is. */
  probe(): string | undefined {
    return this.#read('tcp', () => {}).reason
  }

  look(table: RowTable): LookOutcome {
    this.#labels.useTable(table)
    const take = (record: Uint32Array, workedFor: number): void => {
      table.toldPids.set(table.upsert(record), workedFor === 0 ? [] : [workedFor])
    }
    return this.#tables.look((protocol) => {
      const answer = this.#read(protocol, take)
      return answer.reason === undefined ? { malformed: answer.malformed } : { reason: answer.reason, malformed: 0 }
    })
  }

  close(): void {
    // Nothing is kept open between looks.
  }

  /** -l: whole IPv6 addresses; -v: owners; -b: bytes; -n: no names. */
  #read(protocol: TableProtocol, take: NetstatContext['take']): TableAnswer {
    const output = this.#run(program, ['-anlvb', '-p', protocol])
    if (!output.ok) return { reason: output.reason }
    const outcome = parseNetstat(Buffer.from(output.bytes).toString('latin1'), { record: this.#record, labels: this.#labels, take })
    if (!outcome.understood) return { reason: `${program} printed no table that can be read` }
    // Every Mac has sockets of both protocols: a table without any is a tool that says nothing.
    return outcome.rows === 0 ? { reason: `${program} printed no rows` } : outcome
  }
}
