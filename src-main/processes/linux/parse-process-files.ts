/** /proc/PID/stat and /proc/PID/status as texts (proc_pid_stat(5), proc_pid_status(5)). Pure and total. */
export interface ProcessStat {
  readonly name: string
  readonly parentPid: number
  /** Clock ticks between boot and the process' start: with the pid, its identity. */
  readonly startTicks: string
  readonly kernelThread: boolean
  /** Ended, and not collected by its parent yet. */
  readonly zombie: boolean
}

/** PF_KTHREAD of include/linux/sched.h. */
const kernelThreadFlag = 0x200000

/** The name may hold spaces, brackets and line breaks, so the last bracket counts. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  if (open < 0 || close < open) return undefined
  const fields = text.slice(close + 2).split(' ')
  const parentPid = Number(fields[1])
  const startTicks = fields[19]
  if (!Number.isSafeInteger(parentPid) || startTicks === undefined || !/^\d+$/.test(startTicks)) return undefined
  return {
    name: text.slice(open + 1, close),
    parentPid,
    startTicks,
    kernelThread: (Number(fields[6]) & kernelThreadFlag) !== 0,
    zombie: fields[0] === 'Z' || fields[0] === 'X',
  }
}

/** The effective user id. */
export function parseEffectiveUid(status: string): number | undefined {
  const uid = /^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1]
  return uid === undefined ? undefined : Number(uid)
}

/** Unix milliseconds of the boot, from /proc/stat's btime line. */
export function parseBootTime(text: string): number | undefined {
  const seconds = /^btime (\d+)$/m.exec(text)?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}
