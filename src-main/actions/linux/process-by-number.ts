/**
 * A process where the kernel gives no handle on it (before Linux 5.3, or in a sandbox that refuses the call): known by its number and
 * its start time, which is compared right before every signal. The guarantee is weaker than a handle's: a process that ends, and
 * whose number is given to another one in the microseconds between the comparison and kill(2), passes the signal on to that one.
 */
import { ESRCH } from '../../native/linux/errno-names.ts'
import { sendSignal, type SignalName } from '../../native/linux/process-handle.ts'
import { readProcText } from '../../native/linux/proc-files.ts'
import { parseProcessStat } from '../../processes/linux/parse-process-files.ts'

export class ProcessByNumber {
  readonly #pid: number
  readonly #startToken: string

  constructor(pid: number, startToken: string) {
    this.#pid = pid
    this.#startToken = startToken
  }

  /** 0, or the errno; ESRCH as well when another process has the number now. */
  signal(name: SignalName): number {
    return this.hasEnded() ? ESRCH : sendSignal(this.#pid, name)
  }

  /** True when the process has ended; it may still be a zombie that its parent has not collected. */
  hasEnded(): boolean {
    const stat = parseProcessStat(readProcText(`${this.#pid}/stat`) ?? '')
    return stat === undefined || stat.zombie || stat.startTicks !== this.#startToken
  }

  close(): void {
    // Nothing is held.
  }
}
