/** iphlpapi.dll and nsi.dll: tables of endpoints, per-connection statistics, closing. Names and order of the vendor; no decisions. */
import { openLibrary } from './dynamic-library.ts'
import { ERROR_PROC_NOT_FOUND } from './error-names.ts'

type Bytes = Uint8Array

/** Every function answers a Win32 error, 0 for success. */
export interface IpHelper {
  /** `size` is a DWORD in and out: bytes of the table, then bytes needed. */
  GetExtendedTcpTable(table: Bytes, size: Bytes, order: number, family: number, tableClass: number, reserved: number): number
  GetExtendedUdpTable(table: Bytes, size: Bytes, order: number, family: number, tableClass: number, reserved: number): number
  /** MIB_TCPROW */
  SetTcpEntry(row: Bytes): number
  /** MIB_TCPROW, statistics type, its RW structure. */
  SetPerTcpConnectionEStats(row: Bytes, type: number, rw: Bytes, rwVersion: number, rwSize: number, offset: number): number
  /** MIB_TCP6ROW, statistics type, its RW structure. */
  SetPerTcp6ConnectionEStats(row: Bytes, type: number, rw: Bytes, rwVersion: number, rwSize: number, offset: number): number
  GetPerTcpConnectionEStats: GetEStats
  GetPerTcp6ConnectionEStats: GetEStats
  /** Undocumented: store, action, module, object, key structure, value structure. */
  NsiSetAllParameters(
    store: number,
    action: number,
    module: Bytes,
    object: number,
    key: Bytes,
    keySize: number,
    value: null,
    valueSize: number,
  ): number
}

/** Read-write, static and dynamic structures of one statistics type; `null` for those that are not wanted. */
export type GetEStats = (
  row: Bytes,
  type: number,
  rw: Bytes,
  rwVersion: number,
  rwSize: number,
  ros: null,
  rosVersion: number,
  rosSize: number,
  rod: Bytes,
  rodVersion: number,
  rodSize: number,
) => number

export function loadIpHelper(): IpHelper {
  const iphlpapi = openLibrary('iphlpapi.dll')
  const nsi = openLibrary('nsi.dll')
  const helper = (prototype: string): never => iphlpapi.declare(`uint32_t ${prototype}`, ERROR_PROC_NOT_FOUND)
  const setArguments = '(const void *, int, const void *, uint32_t, uint32_t, uint32_t)'
  const getArguments = '(const void *, int, void *, uint32_t, uint32_t, void *, uint32_t, uint32_t, void *, uint32_t, uint32_t)'
  return {
    GetExtendedTcpTable: helper('GetExtendedTcpTable(void *, void *, int, uint32_t, int, uint32_t)'),
    GetExtendedUdpTable: helper('GetExtendedUdpTable(void *, void *, int, uint32_t, int, uint32_t)'),
    SetTcpEntry: helper('SetTcpEntry(const void *)'),
    SetPerTcpConnectionEStats: helper(`SetPerTcpConnectionEStats${setArguments}`),
    SetPerTcp6ConnectionEStats: helper(`SetPerTcp6ConnectionEStats${setArguments}`),
    GetPerTcpConnectionEStats: helper(`GetPerTcpConnectionEStats${getArguments}`),
    GetPerTcp6ConnectionEStats: helper(`GetPerTcp6ConnectionEStats${getArguments}`),
    NsiSetAllParameters: nsi.declare(
      'uint32_t NsiSetAllParameters(int, int, const void *, uint32_t, const void *, uint32_t, const void *, uint32_t)',
      ERROR_PROC_NOT_FOUND,
    ),
  }
}
