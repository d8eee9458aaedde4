/**
 * The list that NtQuerySystemInformation answers for SystemProcessInformation (x64 and arm64). Pure and total: entries that reach
 * beyond the bytes end the list.
 */
export interface ListedProcess {
  readonly pid: number
  readonly parentPid: number
  /** File name of the image; undefined for the idle process. */
  readonly name: string | undefined
  /** FILETIME as decimal text: with the pid, one process of this boot. */
  readonly startToken: string
  /** Unix milliseconds; undefined for what the kernel started itself. */
  readonly startedAt: number | undefined
}

const nextEntry = 0
const createTime = 32
const nameLength = 56
const namePointer = 64
const uniqueProcessId = 80
const inheritedFromProcessId = 88
/** The fixed part; threads follow it. */
const entryBytes = 256
/** More processes than Windows can have handles for in practice; a list that runs in circles ends here. */
const mostProcesses = 1 << 20

/** `address` is where the bytes lie in memory: the names are told as pointers into them. */
export function decodeProcessList(bytes: Uint8Array, address: bigint): ListedProcess[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const processes: ListedProcess[] = []
  let at = 0
  while (at + entryBytes <= bytes.byteLength && processes.length < mostProcesses) {
    const created = view.getBigUint64(at + createTime, true)
    processes.push({
      pid: Number(view.getBigUint64(at + uniqueProcessId, true) & 0xffffffffn),
      parentPid: Number(view.getBigUint64(at + inheritedFromProcessId, true) & 0xffffffffn),
      name: nameAt(bytes, view, at, address),
      startToken: String(created),
      startedAt: unixMsOfFileTime(created),
    })
    const next = view.getUint32(at + nextEntry, true)
    if (next === 0) break
    at += next
  }
  return processes
}

/** 100 ns since 1601, UTC; undefined before 1970, where 0 means unknown. */
export function unixMsOfFileTime(ticks: bigint): number | undefined {
  const unixMs = ticks / 10_000n - 11_644_473_600_000n
  return unixMs > 0n && unixMs < 8_640_000_000_000_000n ? Number(unixMs) : undefined
}

function nameAt(bytes: Uint8Array, view: DataView, entry: number, address: bigint): string | undefined {
  const length = view.getUint16(entry + nameLength, true)
  const start = Number(view.getBigUint64(entry + namePointer, true) - address)
  if (length === 0 || length % 2 !== 0 || start < 0 || start + length > bytes.byteLength) return undefined
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('utf16le')
}
