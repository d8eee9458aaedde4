/** Single parts of the Windows module, called with what the engine as a whole would not give them. */
import { networkInterfaces } from 'node:os'
import { createIphlpapiSource } from '../../src-main/sources/windows/iphlpapi-source.ts'
import { decodeOwnerTable } from '../../src-main/sources/windows/decode-owner-tables.ts'
import { ownerTables } from '../../src-main/sources/windows/owner-table-layouts.ts'
import { OwnerTableReader } from '../../src-main/sources/windows/owner-table-reader.ts'
import { ProcessListReader } from '../../src-main/processes/windows/process-list.ts'
import { openLibrary } from '../../src-main/native/windows/dynamic-library.ts'
import { ERROR_ACCESS_DENIED, ERROR_PROC_NOT_FOUND } from '../../src-main/native/windows/error-names.ts'
import { windowsApi, type WindowsApi } from '../../src-main/native/windows/windows-api.ts'
import { isElevated } from '../../src-main/processes/windows/own-elevation.ts'
import { recordWord } from '../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../src-main/table/row-table.ts'
import type { AgentCommands } from './agent-messages.ts'

const PROCESS_TERMINATE = 1
const PROCESS_QUERY_INFORMATION = 0x400

export interface TableReading {
  readonly kind: string
  /** With modules, or the plain table. */
  readonly withModules: boolean
  readonly calls: number
  readonly error?: number
  readonly malformed?: number
  /** Identity-free content of the rows: head, ports, addresses and owner, as hexadecimal words. */
  readonly rows: readonly string[]
}

export function moduleCommands(): AgentCommands {
  return {
    readTables: ({ firstBytes }: { readonly firstBytes: number }): TableReading[] =>
      Object.entries(ownerTables).flatMap(([kind, layouts]) =>
        layouts.map((layout, index) => readTable(kind, index === 0, layout, firstBytes)),
      ),
    listProcesses: () => new ProcessListReader(windowsApi()).read(),
    /** From now on the function of iphlpapi.dll is one that it does not export. */
    loseExport({ name }: { readonly name: keyof WindowsApi }) {
      const lost = openLibrary('iphlpapi.dll').declare(`uint32_t ${name}OfAnotherWindows(void *)`, ERROR_PROC_NOT_FOUND)
      Object.assign(windowsApi(), { [name]: lost })
    },
    /** From now on this process has no right to close connections or to end processes, as on a Windows with user accounts. */
    loseRights() {
      const api = windowsApi()
      const real = { ...api }
      Object.assign(api, {
        SetTcpEntry: () => ERROR_ACCESS_DENIED,
        OpenProcess: (access: number, inherit: number, pid: number) =>
          (access & PROCESS_TERMINATE) === 0 ? real.OpenProcess(access, inherit, pid) : 0,
        GetLastError: () => ERROR_ACCESS_DENIED,
      })
    },
    isElevated({ pid }: { readonly pid: number }) {
      const api = windowsApi()
      const handle = api.OpenProcess(PROCESS_QUERY_INFORMATION, 0, pid)
      const elevated = isElevated({ ...api, GetCurrentProcess: () => handle })
      api.CloseHandle(handle)
      return elevated ?? null
    },
    networkInterfaces: () => networkInterfaces(),
    openSource() {
      const opened = createIphlpapiSource({ api: windowsApi }).open()
      return 'unusable' in opened ? opened.unusable : null
    },
    missingLibraryAnswers: () => (openLibrary('no-such-library.dll').declare('int Nothing(int)', 127) as (value: number) => number)(1),
  }
}

function readTable(kind: string, withModules: boolean, layout: (typeof ownerTables)['tcp4'][0], firstBytes: number): TableReading {
  let calls = 0
  const api = windowsApi()
  const counted: WindowsApi = {
    ...api,
    GetExtendedTcpTable: (...input) => ((calls += 1), api.GetExtendedTcpTable(...input)),
    GetExtendedUdpTable: (...input) => ((calls += 1), api.GetExtendedUdpTable(...input)),
  }
  const answer = new OwnerTableReader(counted, firstBytes).read(layout)
  if ('error' in answer) return { kind, withModules, calls, error: answer.error, rows: [] }
  const rows: string[] = []
  const { malformed, foreign } = decodeOwnerTable(answer, layout, {
    record: createScratchRecord(),
    serviceReference: () => 0,
    scopeReference: () => 0,
    take: (record) => rows.push([...record.subarray(recordWord.head, recordWord.inode), record[recordWord.pid]].map(String).join(' ')),
  })
  return { kind, withModules, calls, malformed: foreign ? -1 : malformed, rows }
}
