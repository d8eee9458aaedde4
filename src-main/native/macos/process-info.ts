/** Single facts of a process by libproc: bytes and text as the kernel gives them; undefined when it gives none. */
import type { MacApi } from './lib-system.ts'

/** PROC_PIDPATHINFO_MAXSIZE */
const longestPathBytes = 4096
const PROC_PIDLISTFDS = 1
const PROC_PIDUNIQIDENTIFIERINFO = 17
/** struct proc_uniqidentifierinfo: a uuid, then the unique id. */
const uniqueInfoBytes = 56
const uniqueIdOffset = 16

/** struct proc_fdinfo: a number and a type of 32 bits each. */
const descriptorBytes = 8
/** Open files to make room for: first what nearly every process does with, then more than kern.maxfilesperproc usually allows. */
const descriptorRooms = [1024, 65_536]

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

/** How many descriptors a process has open; undefined for a process that is not one's own, and for none. */
export function countDescriptorsOf(api: MacApi, pid: number): number | undefined {
  let count: number | undefined
  for (const room of descriptorRooms) {
    const bytes = room * descriptorBytes
    const length = api.proc_pidinfo(pid, PROC_PIDLISTFDS, 0, Buffer.alloc(bytes), bytes)
    if (length <= 0 || length > bytes) return undefined
    count = Math.floor(length / descriptorBytes)
    if (count < room) break
  }
  return count
}
