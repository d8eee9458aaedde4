/** Name, executable, user and start of a process, read through its handle, so that they never come from a successor of its pid. */
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import {
  closeDescriptorDirectory,
  isExecutableUnlinked,
  openDescriptorDirectory,
  readBesideDescriptors,
  readLinkBesideDescriptors,
} from '../../native/linux/process-descriptors.ts'
import { readProcText } from '../../native/linux/proc-files.ts'
import { userNames } from '../../native/linux/user-names.ts'
import type { ProcessFacts } from '../process-catalog.ts'
import type { KnownProcess } from './known-process.ts'
import { parseBootTime, parseEffectiveUid, parseProcessStat } from './parse-process-files.ts'

/** The kernel cuts names at TASK_COMM_LEN - 1 bytes. */
const longestKernelName = 15
/** What runtimes call their first thread, and with it, for the kernel, the process: Node.js since 24. */
const threadNames: ReadonlySet<string> = new Set(['MainThread'])
const ticksPerSecond = 100
const deletedSuffix = ' (deleted)'

/** A pid and the handle on its descriptor directory. */
type ProcessToRead = Pick<KnownProcess, 'pid' | 'handle'>

export class ProcessFactsReader {
  /** Read once: the kernel recomputes it from the wall clock, and a process' start must not wander when the clock is set. */
  readonly #bootTime = parseBootTime(readProcText('stat') ?? '')

  /** Undefined when the process has ended. */
  read(process: ProcessToRead): ProcessFacts | undefined {
    const stat = parseProcessStat(readBesideDescriptors(process.handle, 'stat') ?? '')
    if (stat === undefined) return undefined
    const { executable, executableDeleted } = executableOf(process)
    return withoutUndefined<ProcessFacts>({
      pid: process.pid,
      startToken: stat.startTicks,
      name: fullName(stat.name, executable),
      executable,
      executableDeleted: executableDeleted ? true : undefined,
      user: this.#userOf(process),
      startedAt: this.#bootTime === undefined ? undefined : this.#bootTime + (Number(stat.startTicks) * 1000) / ticksPerSecond,
    })
  }

  /** The same for a process that is not being watched; undefined when it has ended or may not be looked at. */
  readPid(pid: number): ProcessFacts | undefined {
    const opened = openDescriptorDirectory(pid)
    if ('errno' in opened) return undefined
    const facts = this.read({ pid, handle: opened.handle })
    closeDescriptorDirectory(opened.handle)
    return facts
  }

  /** The effective user's id; undefined when it cannot be read. */
  uidOf(process: ProcessToRead): number | undefined {
    return parseEffectiveUid(readBesideDescriptors(process.handle, 'status') ?? '')
  }

  /** A user's name, or the number as text where there is none, or none yet. */
  userNameOf(uid: number): string {
    return userNames.nameOf(uid) ?? String(uid)
  }

  #userOf(process: ProcessToRead): string | undefined {
    const uid = this.uidOf(process)
    return uid === undefined ? undefined : this.userNameOf(uid)
  }
}

/**
 * The kernel marks a removed executable by a suffix that a file's real name may end in as well. Then the file itself tells whether any
 * name is left of it; the path is never followed, because whoever chose it may have put a file system there that never answers.
 */
function executableOf({ handle }: ProcessToRead): { executable?: string; executableDeleted: boolean } {
  const target = readLinkBesideDescriptors(handle, 'exe')
  if (target === undefined) return { executableDeleted: false }
  if (!target.endsWith(deletedSuffix) || isExecutableUnlinked(handle) === false) return { executable: target, executableDeleted: false }
  return { executable: target.slice(0, -deletedSuffix.length), executableDeleted: true }
}

/**
 * A cut name is completed from the executable's when that begins with it; a name that only tells the thread gives way to it. The
 * cut is made between bytes: what is left of a character in its middle is no part of the name.
 */
function fullName(name: string, executable: string | undefined): string {
  if (executable === undefined) return name
  const base = executable.slice(executable.lastIndexOf('/') + 1)
  if (threadNames.has(name)) return base
  const whole = name.replace(/\uFFFD+$/, '')
  return Buffer.byteLength(name) >= longestKernelName && base.startsWith(whole) ? base : name
}
