/** Single facts of a process by libproc: bytes and text as the kernel gives them; undefined when it gives none. */
import type { MacApi } from './lib-system.ts'

/** PROC_PIDPATHINFO_MAXSIZE */
const longestPathBytes = 4096
const PROC_PIDUNIQIDENTIFIERINFO = 17
/** struct proc_uniqidentifierinfo: a uuid, then the unique id. */
const uniqueInfoBytes = 56
const uniqueIdOffset = 16

export function executableOf(api: MacApi, pid: number): string | undefined {
  const path = Buffer.alloc(longestPathBytes)
  const length = api.proc_pidpath(pid, path, longestPathBytes)
  return length > 0 && length <= longestPathBytes ? path.toString('utf8', 0, length) : undefined
}

/** A number no other process has or will have while the system runs; it stays the same when the process becomes another program. */
export function uniqueIdOf(api: MacApi, pid: number): bigint | undefined {
  const info = Buffer.alloc(uniqueInfoBytes)
  if (api.proc_pidinfo(pid, PROC_PIDUNIQIDENTIFIERINFO, 0, info, uniqueInfoBytes) !== uniqueInfoBytes) return undefined
  const id = info.readBigUInt64LE(uniqueIdOffset)
  return id === 0n ? undefined : id
}
