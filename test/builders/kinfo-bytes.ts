/** struct kinfo_proc of macOS (648 bytes on 64-bit systems) laid out field by field. */
export interface KinfoInput {
  readonly pid: number
  readonly parentPid?: number
  readonly uid?: number
  readonly command?: string
  readonly startSeconds?: number
  readonly startMicros?: number
  readonly zombie?: boolean
}

const kinfoBytes = 648

export function kinfoArray(processes: readonly KinfoInput[]): Buffer {
  return Buffer.concat(processes.map(kinfo))
}

function kinfo({ pid, parentPid = 1, uid = 501, command = 'node', startSeconds = 1_794_009_599, startMicros = 7, zombie }: KinfoInput) {
  const bytes = Buffer.alloc(kinfoBytes)
  bytes.writeBigUInt64LE(BigInt(startSeconds), 0)
  bytes.writeUInt32LE(startMicros, 8)
  bytes.writeUInt8(zombie === true ? 5 : 2, 36)
  bytes.writeInt32LE(pid, 40)
  Buffer.from(command).copy(bytes, 243, 0, 16)
  bytes.writeUInt32LE(uid, 392)
  bytes.writeUInt32LE(uid, 420)
  bytes.writeInt32LE(parentPid, 560)
  return bytes
}

/** struct proc_uniqidentifierinfo */
export function uniqueInfo(uniqueId: bigint): Buffer {
  const bytes = Buffer.alloc(56)
  bytes.writeBigUInt64LE(uniqueId, 16)
  bytes.writeBigUInt64LE(uniqueId - 1n, 24)
  return bytes
}
