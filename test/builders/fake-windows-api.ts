/** A Windows in memory: what it lists, what it answers, and what it was asked. Missing answers are those of a system without the call. */
import type { WindowsApi } from '../../src-main/native/windows/windows-api.ts'
import { ownerTable, type EndpointRow, type TableName } from './owner-table-bytes.ts'

export interface FakeProcess {
  readonly pid: number
  readonly parentPid?: number
  readonly name?: string
  readonly created?: bigint
  /** What class 88 answers. */
  readonly ntPath?: string
}

export interface FakeState {
  endpoints: Partial<Record<TableName, readonly EndpointRow[]>>
  processes: readonly FakeProcess[]
  calls: string[]
}

const tableClasses: Record<number, { readonly tcp: boolean; readonly withModules: boolean }> = {
  8: { tcp: true, withModules: true },
  5: { tcp: true, withModules: false },
  2: { tcp: false, withModules: true },
  1: { tcp: false, withModules: false },
}

const missing = (): number => 127

export function fakeWindows(overrides: Partial<WindowsApi> = {}): { readonly api: WindowsApi; readonly state: FakeState } {
  const state: FakeState = { endpoints: {}, processes: [], calls: [] }
  const addresses = new Map<bigint, Uint8Array>()
  const addressOf = (bytes: Uint8Array): bigint => {
    const address = 0x7ff0_0000_0000n + BigInt(addresses.size) * 0x1000_0000n
    addresses.set(address, bytes)
    return address
  }
  const table = (protocol: 'tcp' | 'udp', bytes: Uint8Array, size: Uint8Array, family: number, tableClass: number): number => {
    const kind = tableClasses[tableClass]
    if (kind === undefined || kind.tcp !== (protocol === 'tcp')) return 87
    const name = `${protocol}${family === 2 ? 4 : 6}` as TableName
    state.calls.push(`${name} ${tableClass}`)
    const answer = ownerTable(name, kind.withModules, state.endpoints[name] ?? [])
    const room = Buffer.from(size.buffer, size.byteOffset, 4)
    const fits = room.readUInt32LE() >= answer.length
    room.writeUInt32LE(answer.length)
    if (fits) bytes.set(answer)
    return fits ? 0 : 122
  }
  const api: WindowsApi = {
    GetExtendedTcpTable: (bytes, size, _order, family, tableClass) => table('tcp', bytes, size, family, tableClass),
    GetExtendedUdpTable: (bytes, size, _order, family, tableClass) => table('udp', bytes, size, family, tableClass),
    SetTcpEntry: missing,
    SetPerTcpConnectionEStats: missing,
    SetPerTcp6ConnectionEStats: missing,
    GetPerTcpConnectionEStats: missing,
    GetPerTcp6ConnectionEStats: missing,
    NsiSetAllParameters: missing,
    NtQuerySystemInformation(informationClass, information, length, returnLength) {
      const bytes = Buffer.from(information.buffer, information.byteOffset, length)
      if (informationClass === 88) return answerPath(bytes, state.processes, addresses)
      const base = addressOf(information)
      const list = processList(state.processes, base)
      Buffer.from(returnLength.buffer, returnLength.byteOffset, 4).writeUInt32LE(list.length)
      if (list.length > length) return 0xc0000004
      bytes.set(list)
      addresses.set(base, information)
      latest.set(information, base)
      return 0
    },
    OpenProcess: () => 0,
    CloseHandle: () => 1,
    GetProcessTimes: () => 0,
    TerminateProcess: () => 0,
    WaitForSingleObject: () => 0xffffffff,
    QueryFullProcessImageNameW: () => 0,
    QueryDosDeviceW(device, paths) {
      const isC = Buffer.from(device).toString('utf16le').startsWith('C:')
      if (!isC) return 0
      paths.set(Buffer.from('\\Device\\HarddiskVolume3\0\0', 'utf16le'))
      return 25
    },
    GetLastError: () => 5,
    lstrcpynW: () => 0,
    LocalFree: () => 0,
    I_QueryTagInformation: missing,
    addressOf: (bytes) => latest.get(bytes) ?? addressOf(bytes),
    socket: () => -1,
    bind: () => -1,
    listen: () => -1,
    getsockname: () => -1,
    closesocket: () => -1,
    OpenProcessToken: () => 0,
    GetTokenInformation: () => 0,
    GetCurrentProcess: () => -1,
    ShellExecuteExW: async () => ({ ok: false, error: 127 }),
    CreateFileW: () => -1,
    GetNamedPipeServerProcessId: () => 0,
    ...overrides,
  }
  const latest = new WeakMap<Uint8Array, bigint>()
  return { api, state }
}

/** SYSTEM_PROCESS_INFORMATION entries with their names behind them, as pointers from `base` on. */
export function processList(processes: readonly FakeProcess[], base: bigint): Buffer {
  const parts: Buffer[] = []
  let at = 0
  for (const [index, { pid, parentPid = 0, name = '', created = 0n }] of processes.entries()) {
    const text = Buffer.from(name, 'utf16le')
    const entry = Buffer.alloc(256 + Math.ceil(text.length / 8) * 8)
    entry.writeUInt32LE(index === processes.length - 1 ? 0 : entry.length, 0)
    entry.writeBigUInt64LE(created, 32)
    entry.writeUInt16LE(text.length, 56)
    entry.writeBigUInt64LE(text.length === 0 ? 0n : base + BigInt(at + 256), 64)
    entry.writeBigUInt64LE(BigInt(pid), 80)
    entry.writeBigUInt64LE(BigInt(parentPid), 88)
    text.copy(entry, 256)
    parts.push(entry)
    at += entry.length
  }
  return Buffer.concat(parts)
}

function answerPath(request: Buffer, processes: readonly FakeProcess[], addresses: ReadonlyMap<bigint, Uint8Array>): number {
  const process = processes.find(({ pid }) => pid === request.readUInt32LE(0))
  const target = addresses.get(request.readBigUInt64LE(16))
  if (process?.ntPath === undefined || target === undefined) return 0xc0000022
  const text = Buffer.from(process.ntPath, 'utf16le')
  target.set(text)
  request.writeUInt16LE(text.length, 8)
  return 0
}
