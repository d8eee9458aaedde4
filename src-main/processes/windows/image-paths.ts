/** Full paths of process images: asked by pid, which needs no right on the process; through a handle where that is not known. */
import type { ProcessCalls } from '../../native/windows/process-calls.ts'
import { wideBytes, wideText } from '../../native/windows/wide-text.ts'
import { dosPathOf, type DriveDevice } from './dos-path.ts'

const SystemProcessIdInformation = 88
/** SYSTEM_PROCESS_ID_INFORMATION: pid, then a UNICODE_STRING that the caller provides the room for. */
const requestBytes = 24
const nameLength = 8
const nameMaximumLength = 10
const namePointer = 16
/** The longest a UNICODE_STRING can hold, whole characters. */
const pathBytes = 0xfffe
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
const driveLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export class ImagePaths {
  readonly #api: ProcessCalls
  readonly #path = Buffer.alloc(pathBytes)
  #drives: readonly DriveDevice[] | undefined

  constructor(api: ProcessCalls) {
    this.#api = api
  }

  /** Undefined for the kernel's own processes and for those that have ended. */
  pathOf(pid: number): string | undefined {
    const path = this.#pathByPid(pid)
    if (path === undefined) return this.#pathByHandle(pid)
    if (!path.startsWith('\\')) return undefined
    const mapped = dosPathOf(path, (this.#drives ??= readDrives(this.#api)))
    if (mapped !== undefined) return mapped
    // A drive that came after the list was made.
    this.#drives = readDrives(this.#api)
    return dosPathOf(path, this.#drives) ?? this.#pathByHandle(pid)
  }

  #pathByPid(pid: number): string | undefined {
    const request = Buffer.alloc(requestBytes)
    request.writeUInt32LE(pid, 0)
    request.writeUInt16LE(pathBytes, nameMaximumLength)
    request.writeBigUInt64LE(this.#api.addressOf(this.#path), namePointer)
    const status = this.#api.NtQuerySystemInformation(SystemProcessIdInformation, request, requestBytes, Buffer.alloc(4))
    if (status !== 0) return undefined
    const length = Math.min(request.readUInt16LE(nameLength), pathBytes)
    return length === 0 ? undefined : this.#path.toString('utf16le', 0, length - (length % 2))
  }

  #pathByHandle(pid: number): string | undefined {
    const process = this.#api.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid)
    if (process === 0) return undefined
    const size = Buffer.alloc(4)
    size.writeUInt32LE(pathBytes / 2)
    const done = this.#api.QueryFullProcessImageNameW(process, 0, this.#path, size)
    this.#api.CloseHandle(process)
    return done === 0 ? undefined : this.#path.toString('utf16le', 0, Math.min(size.readUInt32LE() * 2, pathBytes))
  }
}

function readDrives(api: ProcessCalls): DriveDevice[] {
  const drives: DriveDevice[] = []
  const target = Buffer.alloc(2048)
  for (const letter of driveLetters) {
    const drive = `${letter}:`
    // The first path is the current one; older ones follow it.
    if (api.QueryDosDeviceW(wideBytes(drive), target, target.length / 2) !== 0) drives.push({ drive, device: wideText(target) })
  }
  return drives
}
