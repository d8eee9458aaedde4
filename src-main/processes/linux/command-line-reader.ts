/** Command lines of processes, one at a time and never for long: whoever hides behind memory that does not answer is left alone. */
import type { CommandLine } from '../../../src-shared/contract/process-details.ts'
import { readProcStart } from '../../native/linux/proc-file-start.ts'
import { maximumCommandLineBytes, parseCommandLine } from './parse-command-line.ts'

/** Memory answers in microseconds, swapped out memory in milliseconds. */
const patienceMs = 1000
/** Node.js has four threads for files; one that hangs must not take the others with it. */
const mostUnanswered = 2

export class CommandLineReader {
  readonly #delay: (ms: number) => Promise<void>
  readonly #read: (path: string, maximumBytes: number) => Promise<Uint8Array | undefined>
  #unanswered = 0

  constructor(delay: (ms: number) => Promise<void>, read = readProcStart) {
    this.#delay = delay
    this.#read = read
  }

  /** Undefined when it cannot be read, or does not answer. */
  async read(pid: number): Promise<CommandLine | undefined> {
    if (this.#unanswered >= mostUnanswered) return undefined
    this.#unanswered += 1
    const reading = this.#read(`${pid}/cmdline`, maximumCommandLineBytes + 1).finally(() => (this.#unanswered -= 1))
    const bytes = await Promise.race([reading, this.#delay(patienceMs).then(() => undefined)])
    return bytes === undefined ? undefined : parseCommandLine(bytes)
  }
}
