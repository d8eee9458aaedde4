/** What a process does: its state, and how much of a processor it took since it was last asked about. */
import { readProcText } from '../../native/linux/proc-files.ts'

export interface LinuxProcessActivity {
  readonly state: 'running' | 'sleeping' | 'waiting' | 'stopped' | 'ended'
  readonly processorShare?: number
}

/** proc_pid_stat(5), field 3. I is a kernel thread at rest. */
const states: Readonly<Record<string, LinuxProcessActivity['state']>> = {
  R: 'running',
  S: 'sleeping',
  I: 'sleeping',
  D: 'waiting',
  T: 'stopped',
  t: 'stopped',
  Z: 'ended',
  X: 'ended',
}
/** USER_HZ: the unit of processor time. 100 on every architecture Linux runs desktops and servers on. */
const ticksPerSecond = 100
/** A share over less would be coarse: a tick is 10 ms. */
const shortestSpanMs = 900
/** Processes that were not asked about for so long are forgotten. */
const forgottenAfterMs = 60_000

interface Sample {
  readonly at: number
  readonly startTicks: string
  readonly ticks: number
  readonly share: number | undefined
  readonly askedAt: number
}

export class LinuxActivityReader {
  readonly #steadyNow: () => number
  readonly #readText: (path: string) => string | undefined
  readonly #samples = new Map<number, Sample>()

  constructor(steadyNow: () => number, readText: (path: string) => string | undefined = readProcText) {
    this.#steadyNow = steadyNow
    this.#readText = readText
  }

  /** Undefined when there is no such process. The first answer about a process has no share. */
  activityOf(pid: number): LinuxProcessActivity | undefined {
    const stat = parseActivity(this.#readText(`${pid}/stat`) ?? '')
    if (stat === undefined) return undefined
    const now = this.#steadyNow()
    const known = this.#samples.get(pid)
    const before = known?.startTicks === stat.startTicks ? known : undefined
    this.#forget(now)
    const { startTicks, ticks } = stat
    if (before === undefined || now - before.at >= shortestSpanMs) {
      const share = before === undefined ? undefined : Math.max(0, ((ticks - before.ticks) / ticksPerSecond) * (1000 / (now - before.at)))
      this.#samples.set(pid, { at: now, startTicks, ticks, share, askedAt: now })
      return withShare(stat.state, share)
    }
    this.#samples.set(pid, { ...before, askedAt: now })
    return withShare(stat.state, before.share)
  }

  #forget(now: number): void {
    for (const [pid, { askedAt }] of this.#samples) if (now - askedAt > forgottenAfterMs) this.#samples.delete(pid)
  }
}

function withShare(state: LinuxProcessActivity['state'], share: number | undefined): LinuxProcessActivity {
  return share === undefined ? { state } : { state, processorShare: share }
}

/** /proc/PID/stat: state (field 3), utime and stime (14, 15) and start (22). Undefined for what makes no sense. */
export function parseActivity(text: string): { state: LinuxProcessActivity['state']; ticks: number; startTicks: string } | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const state = states[fields[0] ?? '']
  const ticks = Number(fields[11]) + Number(fields[12])
  const startTicks = fields[19]
  if (!text.includes(')') || state === undefined || !Number.isSafeInteger(ticks) || startTicks === undefined) return undefined
  return { state, ticks, startTicks }
}
