/** How many descriptors a process has open, and how many it may. */
import { countDescriptorsOf, listDescriptors } from '../../native/linux/process-descriptors.ts'
import { readProcText } from '../../native/linux/proc-files.ts'

export interface LinuxDescriptorUse {
  readonly used: number
  /** The soft limit; absent when there is none, or it may not be read. */
  readonly limit?: number
}

/** Before Linux 6.2, where descriptors are counted one by one, no more than these. A limit above is not reached soon. */
const mostCounted = 100_000

/** The kernel tells the number as the size of the directory since 6.2, of every process. */
function sizesTell(): boolean {
  return (countDescriptorsOf(process.pid) ?? 0) > 0
}

/** Undefined when there is no such process, or it may not be looked at. */
export function linuxDescriptorReader(): (pid: number) => LinuxDescriptorUse | undefined {
  const bySize = sizesTell()
  return (pid) => {
    const used = bySize ? countDescriptorsOf(pid) : listDescriptors(pid, mostCounted)?.length
    if (used === undefined) return undefined
    const limit = parseOpenFilesLimit(readProcText(`${pid}/limits`) ?? '')
    return limit === undefined ? { used } : { used, limit }
  }
}

/** The soft limit of "Max open files" in /proc/PID/limits (proc_pid_limits(5)); undefined for "unlimited" or nonsense. */
export function parseOpenFilesLimit(text: string): number | undefined {
  const soft = /^Max open files +(\d{1,15}) /mu.exec(text)?.[1]
  return soft === undefined ? undefined : Number(soft)
}
