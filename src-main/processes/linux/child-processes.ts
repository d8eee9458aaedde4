/** The processes that one started and that still run. */
import { listPids, listThreads, readProcText } from '../../native/linux/proc-files.ts'
import { parseProcessStat } from './parse-process-files.ts'

/** A parent by pid. */
export interface ChildProcess {
  readonly pid: number
  readonly startToken: string
  readonly name: string
}

/** Beyond, asking every process of the system is no more work than asking every thread of this one. */
const mostThreadsAsked = 64

/** In no particular order; kernel threads are children of theirs. */
export function childProcessesOf(parent: number): ChildProcess[] {
  return (listedByThreads(parent) ?? listPids()).flatMap((pid) => {
    const stat = parseProcessStat(readProcText(`${pid}/stat`) ?? '')
    return stat?.parentPid === parent ? [{ pid, startToken: stat.startTicks, name: stat.name }] : []
  })
}

/**
 * Each thread lists its own children (proc_tid_children(5)). Undefined where the kernel has no such lists (CONFIG_PROC_CHILDREN).
 */
function listedByThreads(pid: number): number[] | undefined {
  const threads = listThreads(pid)
  if (threads === undefined || threads.length === 0 || threads.length > mostThreadsAsked) return undefined
  const pids: number[] = []
  for (const thread of threads) {
    const text = readProcText(`${pid}/task/${thread}/children`)
    if (text === undefined) return undefined
    for (const word of text.split(' ')) if (/^\d{1,10}$/u.test(word)) pids.push(Number(word))
  }
  return pids
}
