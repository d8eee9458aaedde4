/** Connections from `lsof`, the last resort: sockets of own processes only unless run as root, and none of Network.framework. */
import type { Problem } from '../../../src-shared/model/problem.ts'
import { createScratchRecord, type RowTable } from '../../table/row-table.ts'
import { LabelCache } from '../label-cache.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import type { RunTool, ToolSourceOptions } from './netstat-source.ts'
import { parseLsof, type LsofContext, type LsofOutcome } from './parse-lsof.ts'

const program = '/usr/sbin/lsof'
const programArguments = ['-nP', '-iTCP', '-iUDP', '-Tqs', '-F', 'pcuLRfntTPd0']
/** lsof ends with 1 as well when some of what it was asked for was not there. */
const acceptedExits = [0, 1]

type Answer = (LsofOutcome & { readonly reason?: undefined }) | { readonly reason: string }

export function createLsofSource(options: ToolSourceOptions & { readonly isRoot: boolean }): SourceFactory {
  return {
    id: 'lsof',
    open() {
      const source = new LsofSource(options)
      const unusable = source.probe()
      return unusable === undefined ? source : { unusable }
    },
  }
}

class LsofSource implements ConnectionSource {
  readonly id = 'lsof'
  readonly #run: RunTool
  readonly #labels: LabelCache
  readonly #isRoot: boolean
  readonly #record = createScratchRecord()

  constructor({ run, names, isRoot }: ToolSourceOptions & { readonly isRoot: boolean }) {
    this.#run = run
    this.#isRoot = isRoot
    this.#labels = new LabelCache(names)
  }

  /** Why the tool is of no use here; undefined when it is. */
  probe(): string | undefined {
    return this.#read(() => {}).reason
  }

  look(table: RowTable): LookOutcome {
    this.#labels.useTable(table)
    const answer = this.#read((record, further) => table.toldPids.set(table.upsert(record), further))
    if (answer.reason !== undefined) return { ok: false, reason: answer.reason }
    const problems: Problem[] = []
    if (answer.malformed > 0) problems.push({ code: 'malformed-answer', severity: 'warning', parameters: { count: answer.malformed } })
    if (!this.#isRoot) problems.push({ code: 'own-sockets-only', severity: 'warning', parameters: { source: this.id } })
    return { ok: true, unread: [], problems }
  }

  close(): void {
    // Nothing is kept open between looks.
  }

  #read(take: LsofContext['take']): Answer {
    const output = this.#run(program, programArguments, { accepts: acceptedExits })
    if (!output.ok) return { reason: output.reason }
    const outcome = parseLsof(Buffer.from(output.bytes).toString('utf8'), { record: this.#record, labels: this.#labels, take })
    return outcome.rows === 0 ? { reason: `${program} printed no rows` } : outcome
  }
}
