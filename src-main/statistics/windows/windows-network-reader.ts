import type {
  AddressFamily,
  InterfacesReport,
  RoutesReport,
  StatisticsGroup,
  StatisticsReport,
  UnreadPart,
} from '../../../src-shared/contract/network.ts'
import { windowsErrorName } from '../../native/windows/error-names.ts'
import { loadIpStatistics, type CopyTable, type IpStatistics } from '../../native/windows/ip-statistics.ts'
import { withAddresses } from '../with-addresses.ts'
import { maximumInterfaces, maximumRoutes, type NetworkReader, type Told } from '../network-reader.ts'
import {
  decodeStatistics,
  MIB_ICMP_EX,
  MIB_IPSTATS,
  MIB_TCPSTATS,
  MIB_TCPSTATS2,
  MIB_UDPSTATS,
  MIB_UDPSTATS2,
  type StatisticsLayout,
} from './decode-windows-statistics.ts'
import {
  decodeForwardTable,
  decodeInterfaces,
  decodeUnicastAddresses,
  MIB_IF_ROW2_bytes,
  MIB_IPFORWARD_ROW2_bytes,
  MIB_UNICASTIPADDRESS_ROW_bytes,
  type WindowsTable,
} from './decode-windows-tables.ts'

type StatisticsCall = Exclude<keyof IpStatistics, 'GetIfTable2' | 'GetIpForwardTable2' | 'GetUnicastIpAddressTable'>

const families: readonly (readonly [family: AddressFamily, number: number])[] = [
  ['ipv4', 2],
  ['ipv6', 23],
]
/** Per protocol, the call with 64-bit counters first where there is one. */
const statisticsCalls: readonly (readonly (readonly [call: StatisticsCall, layout: StatisticsLayout])[])[] = [
  [['GetIpStatisticsEx', MIB_IPSTATS]],
  [['GetIcmpStatisticsEx', MIB_ICMP_EX]],
  [
    ['GetTcpStatisticsEx2', MIB_TCPSTATS2],
    ['GetTcpStatisticsEx', MIB_TCPSTATS],
  ],
  [
    ['GetUdpStatisticsEx2', MIB_UDPSTATS2],
    ['GetUdpStatisticsEx', MIB_UDPSTATS],
  ],
]

/** The library is loaded on the first question, so that importing this on another system does no harm. */
export function createWindowsNetworkReader(load: () => IpStatistics = loadIpStatistics): NetworkReader {
  let loaded: IpStatistics | undefined
  const api = (): IpStatistics => (loaded ??= load())
  return {
    statistics: () => statistics(api()),
    interfaces: () => interfaces(api()),
    routes: () => routes(api()),
    kernelSettings: () => ({ means: [], unread: [], unavailable: 'no-native-call', settings: [] }),
  }
}

function statistics(api: IpStatistics): Told<StatisticsReport> {
  const groups: StatisticsGroup[] = []
  const unread: UnreadPart[] = []
  const means = new Set<string>()
  for (const calls of statisticsCalls) {
    for (const [family, number] of families) {
      const failures: UnreadPart[] = []
      const group = firstThatAnswers(api, calls, family, number, failures)
      if (group === undefined) {
        unread.push(...failures)
        continue
      }
      groups.push(group.group)
      means.add(group.call)
    }
  }
  return { means: [...means], unread, groups }
}

function firstThatAnswers(
  api: IpStatistics,
  calls: readonly (readonly [call: StatisticsCall, layout: StatisticsLayout])[],
  family: AddressFamily,
  number: number,
  failures: UnreadPart[],
): { readonly group: StatisticsGroup; readonly call: string } | undefined {
  for (const [call, layout] of calls) {
    const bytes = new Uint8Array(layout.bytes)
    const error = api[call](bytes, number)
    const group = error === 0 ? decodeStatistics(bytes, layout, family) : undefined
    if (group !== undefined) return { group, call }
    failures.push({ part: `${call} ${family}`, reason: windowsErrorName(error) })
  }
  return undefined
}

function interfaces(api: IpStatistics): Told<InterfacesReport> {
  const unread: UnreadPart[] = []
  const links = readTable(api, 'GetIfTable2', MIB_IF_ROW2_bytes, maximumInterfaces, decodeInterfaces, unread)
  const addresses = readTable(
    api,
    'GetUnicastIpAddressTable',
    MIB_UNICASTIPADDRESS_ROW_bytes,
    maximumInterfaces,
    decodeUnicastAddresses,
    unread,
  )
  return {
    means: ['GetIfTable2', 'GetUnicastIpAddressTable'],
    unread,
    interfaces: withAddresses(links.rows, addresses.rows),
  }
}

function routes(api: IpStatistics): Told<RoutesReport> {
  const unread: UnreadPart[] = []
  const links = readTable(api, 'GetIfTable2', MIB_IF_ROW2_bytes, maximumInterfaces, decodeInterfaces, unread)
  const names = new Map(links.rows.map(({ index, name }) => [index, name]))
  const decode = (bytes: Uint8Array): ReturnType<typeof decodeForwardTable> => decodeForwardTable(bytes, (index) => names.get(index))
  const told = readTable(api, 'GetIpForwardTable2', MIB_IPFORWARD_ROW2_bytes, maximumRoutes, decode, unread)
  return { means: ['GetIpForwardTable2', 'GetIfTable2'], unread, routes: told.rows, cutShort: told.missing > 0 }
}

function readTable<Row>(
  api: IpStatistics,
  call: 'GetIfTable2' | 'GetIpForwardTable2' | 'GetUnicastIpAddressTable',
  rowBytes: number,
  mostRows: number,
  decode: (bytes: Uint8Array) => WindowsTable<Row>,
  unread: UnreadPart[],
): WindowsTable<Row> {
  const copy: CopyTable = api[call]
  const told = copy(rowBytes, mostRows)
  if ('error' in told) {
    unread.push({ part: call, reason: windowsErrorName(told.error) })
    return { rows: [], missing: 0 }
  }
  const table = decode(told.bytes)
  if (table.missing > 0) unread.push({ part: call, reason: `rows left out: ${table.missing}` })
  return table
}
