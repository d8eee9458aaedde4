/** Processes from `ps`, where the kernel's own list cannot be read. It knows starts to the second only. */
import type { ToolOutput } from '../../native/run-tool.ts'
import { parsePs } from './parse-ps.ts'
import type { ProcessListing, ProcessReader, ProcessSighting } from './process-reader.ts'

const program = '/bin/ps'
const columns = ['-o', 'pid=,ppid=,uid=,lstart=,comm=']

type RunTool = (file: string, args: readonly string[], options?: { readonly accepts?: readonly number[] }) => ToolOutput

export class PsProcessReader implements ProcessReader {
  readonly id = 'ps'
  readonly #run: RunTool

  constructor(run: RunTool) {
    this.#run = run
  }

  all(): ProcessListing {
    const output = this.#run(program, ['-axww', ...columns])
    if (!output.ok) return output
    const processes = parsePs(Buffer.from(output.bytes).toString('utf8'))
    return processes.length === 0 ? { ok: false, reason: `${program} printed no processes` } : { ok: true, processes }
  }

  /** ps ends with 1 when there is no such process. */
  find(pid: number): ProcessSighting {
    const output = this.#run(program, ['-ww', ...columns, '-p', String(pid)], { accepts: [0, 1] })
    if (!output.ok) return { status: 'unreadable', reason: output.reason }
    const found = parsePs(Buffer.from(output.bytes).toString('utf8')).find((process) => process.pid === pid)
    return found === undefined ? { status: 'gone' } : { status: 'there', process: found }
  }

  made(startToken: string): boolean {
    return startToken.startsWith('p')
  }
}
