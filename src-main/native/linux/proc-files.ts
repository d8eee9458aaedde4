/** Whole-file reads of /proc and /sys. The texts are parsed elsewhere. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Undefined when the file cannot be read; `reason` is the system's error name. */
export type FileRead = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string }

/** `path` is below /proc, such as `net/tcp` or `self/mountinfo`. */
export function readProcFile(path: string): FileRead {
  try {
    return { ok: true, bytes: readFileSync(`/proc/${path}`) }
  } catch (error) {
    return { ok: false, reason: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

export function readProcText(path: string): string | undefined {
  const read = readProcFile(path)
  return read.ok ? Buffer.from(read.bytes).toString('utf8') : undefined
}

/** Target of a link below /proc, such as `self/ns/pid`. */
export function readProcLink(path: string): string | undefined {
  try {
    return readlinkSync(`/proc/${path}`)
  } catch {
    // Not permitted or gone: the caller treats both as unknown.
    return undefined
  }
}

/** The pids that are visible in this process namespace. */
export function listPids(): number[] {
  const pids: number[] = []
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0)
    if (first >= 48 && first <= 57) pids.push(Number(name))
  }
  return pids
}

/** The numbers of a process' threads; undefined when it has ended. */
export function listThreads(pid: number): number[] | undefined {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number)
  } catch {
    // Gone, or hidden: the caller has another way.
    return undefined
  }
}
