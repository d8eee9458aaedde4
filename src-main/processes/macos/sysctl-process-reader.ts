/** Processes from the kernel: sysctl KERN_PROC and libproc, both without privileges for all users' processes. */
import type { MacApi } from '../../native/macos/lib-system.ts'
import { executableOf, uniqueIdOf } from '../../native/macos/process-info.ts'
import { SysctlReader } from '../../native/macos/read-sysctl.ts'
import { decodeKinfo, longestCommand, type KernelProcess } from './decode-kinfo.ts'
import type { IdentifiedProcess, ProcessListing, ProcessReader, ProcessSighting, SeenProcess } from './process-reader.ts'

const CTL_KERN = 1
const KERN_PROC = 14
const KERN_PROC_ALL = 0
const KERN_PROC_PID = 1
const changedLayout = 'the list of processes has another layout'

export class SysctlProcessReader implements ProcessReader {
  readonly id = 'sysctl'
  readonly #api: MacApi
  readonly #reader: SysctlReader
  readonly #ownPid: number

  constructor(api: MacApi, ownPid: number) {
    this.#api = api
    this.#reader = new SysctlReader(api)
    this.#ownPid = ownPid
  }

  /** A list without this very process is no list. */
  all(): ProcessListing {
    const answer = this.#reader.readPath([CTL_KERN, KERN_PROC, KERN_PROC_ALL, 0])
    if (!answer.ok) return answer
    const processes = decodeKinfo(answer.bytes)?.filter(({ zombie }) => !zombie)
    if (processes === undefined || !processes.some(({ pid }) => pid === this.#ownPid)) return { ok: false, reason: changedLayout }
    return { ok: true, processes: processes.map(seen) }
  }

  /** Facts by pid may come from a successor; they count only if the process is the same before and after. */
  find(pid: number): ProcessSighting {
    const before = this.#one(pid)
    if (before.status !== 'there') return before
    const uniqueId = uniqueIdOf(this.#api, pid)
    const executable = executableOf(this.#api, pid)
    const after = this.#one(pid)
    if (after.status !== 'there') return after
    if (before.process.startKey !== after.process.startKey) return { status: 'gone' }
    const { process } = after
    const found: IdentifiedProcess = {
      ...process,
      name: wholeName(process.name, executable),
      startToken: uniqueId === undefined ? `s${process.startKey}` : `u${uniqueId}`,
    }
    return { status: 'there', process: executable === undefined ? found : { ...found, executable } }
  }

  made(startToken: string): boolean {
    return startToken.startsWith('u') || startToken.startsWith('s')
  }

  #one(pid: number): Exclude<ProcessSighting, { status: 'there' }> | { readonly status: 'there'; readonly process: SeenProcess } {
    const answer = this.#reader.readPath([CTL_KERN, KERN_PROC, KERN_PROC_PID, pid])
    if (!answer.ok) return { status: 'unreadable', reason: answer.reason }
    const processes = decodeKinfo(answer.bytes)
    if (processes === undefined) return { status: 'unreadable', reason: changedLayout }
    const found = processes.find((process) => process.pid === pid && !process.zombie)
    return found === undefined ? { status: 'gone' } : { status: 'there', process: seen(found) }
  }
}

function seen(process: KernelProcess): SeenProcess {
  return {
    pid: process.pid,
    parentPid: process.parentPid,
    uid: process.uid,
    name: process.command,
    startedAtUnixMs: process.startSeconds * 1000 + Math.floor(process.startMicros / 1000),
    startKey: `${process.startSeconds}.${process.startMicros}`,
  }
}

/** The kernel cuts names, in the middle of a character even; the file's name completes one that was cut. */
function wholeName(name: string, executable: string | undefined): string {
  if (executable === undefined || Buffer.byteLength(name) < longestCommand - 1) return name
  const base = executable.slice(executable.lastIndexOf('/') + 1)
  return base.startsWith(name.replace(/�+$/, '')) ? base : name
}
