/**
 * The part of iphlpapi.dll that tells counters, interfaces and routes. Names and order of the vendor; the three tables are allocated
 * by the system, so they are copied out and freed here.
 */
import koffi from 'koffi'
import { openLibrary } from './dynamic-library.ts'
import { ERROR_PROC_NOT_FOUND } from './error-names.ts'

type Bytes = Uint8Array

/** Every function answers a Win32 error, 0 for success. */
export interface IpStatistics {
  /** MIB_TCPSTATS, address family. */
  GetTcpStatisticsEx(statistics: Bytes, family: number): number
  /** MIB_TCPSTATS2; Windows 10 1709 or newer. */
  GetTcpStatisticsEx2(statistics: Bytes, family: number): number
  /** MIB_UDPSTATS */
  GetUdpStatisticsEx(statistics: Bytes, family: number): number
  /** MIB_UDPSTATS2; Windows 10 1709 or newer. */
  GetUdpStatisticsEx2(statistics: Bytes, family: number): number
  /** MIB_IPSTATS */
  GetIpStatisticsEx(statistics: Bytes, family: number): number
  /** MIB_ICMP_EX */
  GetIcmpStatisticsEx(statistics: Bytes, family: number): number
  GetIfTable2: CopyTable
  GetIpForwardTable2: CopyTable
  GetUnicastIpAddressTable: CopyTable
}

/** The whole table: a count of 4 bytes, 4 of padding, the rows. */
export type CopyTable = (rowBytes: number, mostRows: number) => { readonly bytes: Bytes } | { readonly error: number }

const AF_UNSPEC = 0
const tableHeadBytes = 8

export function loadIpStatistics(): IpStatistics {
  const library = openLibrary('iphlpapi.dll')
  const declare = (prototype: string): never => library.declare(`uint32_t ${prototype}`, ERROR_PROC_NOT_FOUND)
  const FreeMibTable = library.declare('void FreeMibTable(void *)', 0) as (table: unknown) => void
  const getIfTable = declare('GetIfTable2(_Out_ void **)') as (table: unknown[]) => number
  const getForwardTable = declare('GetIpForwardTable2(uint16_t, _Out_ void **)') as (family: number, table: unknown[]) => number
  const getAddressTable = declare('GetUnicastIpAddressTable(uint16_t, _Out_ void **)') as (family: number, table: unknown[]) => number
  const copying =
    (ask: (table: unknown[]) => number): CopyTable =>
    (rowBytes, mostRows) => {
      const table: unknown[] = [null]
      const error = ask(table)
      if (error !== 0) return { error }
      try {
        return { bytes: copyTable(table[0], rowBytes, mostRows) }
      } finally {
        FreeMibTable(table[0])
      }
    }
  return {
    GetTcpStatisticsEx: declare('GetTcpStatisticsEx(void *, uint32_t)'),
    GetTcpStatisticsEx2: declare('GetTcpStatisticsEx2(void *, uint32_t)'),
    GetUdpStatisticsEx: declare('GetUdpStatisticsEx(void *, uint32_t)'),
    GetUdpStatisticsEx2: declare('GetUdpStatisticsEx2(void *, uint32_t)'),
    GetIpStatisticsEx: declare('GetIpStatisticsEx(void *, uint32_t)'),
    GetIcmpStatisticsEx: declare('GetIcmpStatisticsEx(void *, uint32_t)'),
    GetIfTable2: copying((table) => getIfTable(table)),
    GetIpForwardTable2: copying((table) => getForwardTable(AF_UNSPEC, table)),
    GetUnicastIpAddressTable: copying((table) => getAddressTable(AF_UNSPEC, table)),
  }
}

/** The count in front says how long the table is; it is left as it was, so that the reader sees when rows were cut off. */
function copyTable(table: unknown, rowBytes: number, mostRows: number): Bytes {
  const rows = Math.min(koffi.decode(table, 'uint32_t') as number, mostRows)
  return Uint8Array.from(koffi.decode(table, 'uint8_t', tableHeadBytes + rows * rowBytes) as ArrayLike<number>)
}
