/** Connections from `netstat -ano`: for a Windows whose tables cannot be asked for. No creation, no services. */
import { join } from 'node:path/win32'
import type { Problem } from '../../../src-shared/model/problem.ts'
import type { ToolOutput } from '../../native/run-tool.ts'
import { createScratchRecord, type RowTable } from '../../table/row-table.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import { EndpointLabels } from './endpoint-labels.ts'
import { parseNetstat, type NetstatContext, type ParsedNetstat } from './parse-netstat.ts'

export interface NetstatOptions {
  readonly run: (file: string, args: readonly string[]) => ToolOutput
  /** %SystemRoot%: the tool is taken from there and never from the search path. */
  readonly systemRoot: string
}

export function createNetstatSource(options: NetstatOptions): SourceFactory {
  return {
    id: 'netstat',
    open() {
      const source = new NetstatSource(options)
      const probe = source.read(() => {})
      return 'reason' in probe ? { unusable: probe.reason } : source
    },
  }
}

class NetstatSource implements ConnectionSource {
  readonly id = 'netstat'
  readonly #run: NetstatOptions['run']
  readonly #file: string
  readonly #record = createScratchRecord()
  readonly #labels = new EndpointLabels(() => undefined)

  constructor({ run, systemRoot }: NetstatOptions) {
    this.#run = run
    this.#file = join(systemRoot, 'System32', 'netstat.exe')
  }

  look(table: RowTable): LookOutcome {
    this.#labels.useTable(table)
    const answer = this.read((record) => void table.upsert(record))
    if ('reason' in answer) return { ok: false, reason: answer.reason }
    const problems: Problem[] = []
    const odd = answer.malformed + answer.unknownStates
    if (odd > 0) problems.push({ code: 'malformed-answer', severity: 'warning', parameters: { count: odd } })
    return { ok: true, unread: [], problems }
  }

  close(): void {
    // Nothing is kept open between looks.
  }

  read(take: NetstatContext['take']): ParsedNetstat | { readonly reason: string } {
    const output = this.#run(this.#file, ['-ano'])
    if (!output.ok) return { reason: output.reason }
    const text = Buffer.from(output.bytes.buffer, output.bytes.byteOffset, output.bytes.byteLength).toString('latin1')
    const parsed = parseNetstat(text, { record: this.#record, scopeReference: (scope) => this.#labels.scope(scope), take })
    // A Windows without a single endpoint does not exist; a netstat that prints no owners (Wine's) does.
    return parsed.rows === 0 ? { reason: `netstat.exe printed no rows with owners (${parsed.malformed} without)` } : parsed
  }
}
