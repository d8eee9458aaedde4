/** Connections from `netstat`: slower than the kernel's own tables, with the same rows, for the day their layout changes. */
import type { Problem } from '../../../src-shared/model/problem.ts'
import type { ToolOutput } from '../../native/run-tool.ts'
import { protocolCode } from '../../table/row-record.ts'
import { createScratchRecord, type RowTable, type UnreadTable } from '../../table/row-table.ts'
import { LabelCache, type Names } from '../label-cache.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import { parseNetstat, type NetstatContext, type NetstatOutcome } from './parse-netstat.ts'

/** run-tool.ts, or what stands in for it. */
export type RunTool = (file: string, args: readonly string[], options?: { readonly accepts?: readonly number[] }) => ToolOutput

export interface ToolSourceOptions {
  readonly run: RunTool
  readonly names: Names
}

const program = '/usr/sbin/netstat'
const protocols = ['tcp', 'udp'] as const

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
    const unread: UnreadTable[] = []
    const problems: Problem[] = []
    let malformed = 0
    for (const protocol of protocols) {
      const answer = this.#read(protocol, (record, workedFor) => {
        table.toldPids.set(table.upsert(record), workedFor === 0 ? [] : [workedFor])
      })
      if (answer.reason === undefined) {
        malformed += answer.malformed
        continue
      }
      unread.push({ protocol: protocolCode(protocol) })
      problems.push({ code: 'table-unreadable', severity: 'warning', parameters: { table: protocol, reason: answer.reason } })
    }
    if (malformed > 0) problems.push({ code: 'malformed-answer', severity: 'warning', parameters: { count: malformed } })
    if (unread.length === protocols.length) return { ok: false, reason: String(problems[0]?.parameters?.['reason']) }
    return { ok: true, unread, problems }
  }

  close(): void {
    // Nothing is kept open between looks.
  }

  /** -l: whole IPv6 addresses; -v: owners; -b: bytes; -n: no names. */
  #read(protocol: 'tcp' | 'udp', take: NetstatContext['take']): TableAnswer {
    const output = this.#run(program, ['-anlvb', '-p', protocol])
    if (!output.ok) return { reason: output.reason }
    const outcome = parseNetstat(Buffer.from(output.bytes).toString('latin1'), { record: this.#record, labels: this.#labels, take })
    if (!outcome.understood) return { reason: `${program} printed no table that can be read` }
    // Every Mac has sockets of both protocols: a table without any is a tool that says nothing.
    return outcome.rows === 0 ? { reason: `${program} printed no rows` } : outcome
  }
}
