/** The array of struct kinfo_proc that sysctl KERN_PROC answers (bsd/sys/sysctl.h of xnu, 64-bit layout). Pure and total. */
export interface KernelProcess {
  readonly pid: number
  readonly parentPid: number
  /** Effective user. */
  readonly uid: number
  /** Cut at 16 bytes by the kernel. */
  readonly command: string
  readonly startSeconds: number
  readonly startMicros: number
  /** Ended, but its parent has not asked for its status yet. */
  readonly zombie: boolean
}

export const kinfoBytes = 648
/** The kernel cuts names at MAXCOMLEN. */
export const longestCommand = 16
const SZOMB = 5
const commandOffset = 243

/** Undefined when the bytes are no whole number of records: another layout. */
export function decodeKinfo(bytes: Uint8Array): readonly KernelProcess[] | undefined {
  if (bytes.length % kinfoBytes !== 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const processes: KernelProcess[] = []
  for (let at = 0; at < bytes.length; at += kinfoBytes) {
    const pid = view.getInt32(at + 40, true)
    if (pid < 0) continue
    processes.push({
      pid,
      parentPid: Math.max(0, view.getInt32(at + 560, true)),
      uid: view.getUint32(at + 420, true),
      command: textAt(bytes, at + commandOffset),
      startSeconds: view.getUint32(at, true) + view.getUint32(at + 4, true) * 4_294_967_296,
      startMicros: view.getUint32(at + 8, true),
      zombie: view.getUint8(at + 36) === SZOMB,
    })
  }
  return processes
}

function textAt(bytes: Uint8Array, at: number): string {
  let end = at
  while (end < at + longestCommand && bytes[end] !== 0) end += 1
  return Buffer.from(bytes.subarray(at, end)).toString('utf8')
}
