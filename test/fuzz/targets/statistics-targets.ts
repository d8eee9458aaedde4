import { decodeAddress, decodeLink, decodeRoute } from '../../../src-main/statistics/linux/decode-rtnetlink.ts'
import { parseSettingValues } from '../../../src-main/statistics/linux/linux-settings.ts'
import { parseProcIpv6Route, parseProcNetDev, parseProcNetRoute } from '../../../src-main/statistics/linux/parse-proc-network.ts'
import { parseNamedPairs, parseSnmp6 } from '../../../src-main/statistics/linux/parse-statistics.ts'
import { readAnswer } from '../../../src-main/statistics/linux/rtnetlink-message.ts'
import { decodeMacosStatistics, macosStatistics } from '../../../src-main/statistics/macos/decode-macos-statistics.ts'
import { decodeInterfaceList, decodeRouteList } from '../../../src-main/statistics/macos/decode-route-messages.ts'
import { readMacosSettings } from '../../../src-main/statistics/macos/macos-settings.ts'
import * as windowsStatistics from '../../../src-main/statistics/windows/decode-windows-statistics.ts'
import { decodeForwardTable, decodeInterfaces, decodeUnicastAddresses } from '../../../src-main/statistics/windows/decode-windows-tables.ts'
import { attribute, done, netlinkMessage, u16, u32, u64, zeroTerminated } from '../../builders/route-netlink-bytes.ts'
import { textSamples, utf8, type FuzzTarget } from '../fuzz-target.ts'
import { expectAtMost, expectPlainData } from '../soundness.ts'

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
const counting = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, (_, index) => (index % 4 === 0 ? index / 4 + 1 : 0))
const macMessage = (type: number, rest: readonly number[]): number[] => [...u16(4 + rest.length), 5, type, ...rest]
const in4 = (...octets: readonly number[]): number[] => [16, 2, 0, 0, ...octets, ...zeros(8)]
const in6 = (...octets: readonly number[]): number[] => [28, 30, ...zeros(6), ...octets, ...zeros(4)]
const windowsLayouts = [
  windowsStatistics.MIB_TCPSTATS,
  windowsStatistics.MIB_TCPSTATS2,
  windowsStatistics.MIB_UDPSTATS,
  windowsStatistics.MIB_UDPSTATS2,
  windowsStatistics.MIB_IPSTATS,
  windowsStatistics.MIB_ICMP_EX,
]

const link = [
  ...[0, 0, ...u16(1), ...u32(4), ...u32(0x41), ...u32(0)],
  ...attribute(3, zeroTerminated('eth0')),
  ...attribute(4, u32(1500)),
  ...attribute(1, [2, 0xfc, 0, 0, 0, 1]),
  ...attribute(23, Array.from({ length: 10 }, (_, index) => u64(index * 2 ** 33)).flat()),
]
const address = [2, 24, 0, 0, ...u32(4), ...attribute(1, [192, 0, 2, 9]), ...attribute(2, [192, 0, 2, 2])]
const hop = [...u16(8 + 24), 0, 2, ...u32(4), ...attribute(18, [...u16(10), 0xfd, ...zeros(14), 1])]
const route = [
  ...[2, 24, 0, 0, 254, 2, 253, 1, ...u32(0)],
  ...attribute(15, u32(1000)),
  ...attribute(1, [192, 0, 2, 0]),
  ...attribute(5, [192, 0, 2, 1]),
  ...attribute(4, u32(4)),
  ...attribute(9, [...hop, ...hop]),
]
const rtnetlinkTypes = [16, 20, 24]
const rtnetlinkBodies = [link, address, route]

export const statisticsTargets: readonly FuzzTarget[] = [
  {
    name: 'rtnetlink',
    samples: rtnetlinkBodies.map((body, index) =>
      Uint8Array.from([...netlinkMessage(rtnetlinkTypes[index]!, body), ...netlinkMessage(rtnetlinkTypes[index]!, body), ...done()]),
    ),
    run(input) {
      for (const wanted of rtnetlinkTypes) {
        const outcome = readAnswer(input, { sequence: 1, wanted }, (body) => {
          const decoded = [decodeLink(body), decodeAddress(body), decodeRoute(body, String)]
          expectPlainData(decoded)
          return decoded.some((each) => each !== undefined)
        })
        expectAtMost(input.length / 16 + 1, outcome.malformed, 'malformed messages')
      }
    },
  },
  {
    name: 'linux statistics texts',
    samples: textSamples(
      'Ip: Forwarding InReceives\nIp: 2 4857552\nTcp: MaxConn InSegs\nTcp: -1 4849704\nUdp: NoPorts\nUdp: 18446744073709551615\n',
      'TcpExt: TW ListenOverflows\nTcpExt: 69355 7\n',
      'Ip6InReceives      \t43\nIcmp6InMsgs\t2\nUdp6InDatagrams 9\nUdpLite6InErrors 0\n',
      '32768\t60999\n',
      'Inter-|\n face |\n    lo: 1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0\neth0:1: 9 8 7 6 5 4 3 2 1 2 3 4 5 6 7 8\n',
      'Iface\tDestination\tGateway\nlo\t0000007F\t00000000\t0001\t0\t0\t100\t000000FF\t0\t0\t0\neth0 00000000 0100007F 0003 0 0 0 00000000\n',
      `${'0'.repeat(31)}1 80 ${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00000100 00000001 00000000 80200001       lo\n`,
    ),
    run(input) {
      const text = utf8(input)
      expectPlainData([parseNamedPairs(text), parseSnmp6(text), parseSettingValues(text)])
      expectPlainData([parseProcNetDev(text), parseProcNetRoute(text), parseProcIpv6Route(text)])
    },
  },
  {
    name: 'windows statistics',
    samples: windowsLayouts.map(({ bytes }) => counting(bytes)),
    run(input) {
      for (const layout of windowsLayouts) expectPlainData(windowsStatistics.decodeStatistics(input, layout, 'ipv4'))
    },
  },
  {
    name: 'windows network tables',
    samples: [windowsTable(1352, interfaceRow), windowsTable(80, addressRow), windowsTable(104, routeRow)],
    run(input) {
      const tables = [decodeInterfaces(input), decodeUnicastAddresses(input), decodeForwardTable(input, String)]
      expectPlainData(tables)
      for (const { rows, missing } of tables) expectAtMost(0xffffffff, rows.length + missing, 'rows')
    },
  },
  {
    name: 'macos statistics',
    samples: [counting(400), counting(800), Uint8Array.of(0, 0, 1, 0), Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0)],
    run(input) {
      for (const one of macosStatistics) expectPlainData(decodeMacosStatistics(input, one))
      expectPlainData(readMacosSettings(() => ({ bytes: input })))
    },
  },
  {
    name: 'macos route messages',
    samples: [Uint8Array.from([...macInterface(), ...macAddress()]), Uint8Array.from([...macRoute(), ...macRoute()])],
    run(input) {
      expectPlainData([decodeInterfaceList(input), decodeRouteList(input, String)])
    },
  },
]

function windowsTable(rowBytes: number, fill: (row: Buffer) => void): Uint8Array {
  const bytes = Buffer.alloc(8 + rowBytes * 2)
  bytes.writeUInt32LE(2)
  for (const start of [8, 8 + rowBytes]) fill(bytes.subarray(start, start + rowBytes))
  return bytes
}

function interfaceRow(row: Buffer): void {
  row.writeUInt32LE(7, 8)
  row.write('以太网\0rest', 28, 'utf16le')
  row.writeUInt32LE(6, 1056)
  row.set([2, 0xfc, 0, 0, 0, 1], 1060)
  row.writeUInt32LE(1, 1160)
  row.writeBigUInt64LE(1_000_000_000n, 1192)
}

function addressRow(row: Buffer): void {
  row.writeUInt16LE(23, 0)
  row.set([0xfd, ...zeros(14), 2], 8)
  row[60] = 64
}

function routeRow(row: Buffer): void {
  row.writeUInt16LE(2, 12)
  row.writeUInt16LE(2, 44)
  row.set([192, 0, 2, 1], 48)
  row[40] = 24
  row.writeUInt32LE(10_002, 88)
}

/** if_msghdr2 with its name as a sockaddr_dl. */
function macInterface(): number[] {
  const name = [20, 18, ...u16(4), 6, 3, 6, 0, ...new TextEncoder().encode('en0'), 2, 0xfc, 0, 0, 0, 1, 0, 0, 0]
  return macMessage(0x12, [...u32(0x10), ...u32(0x41), ...u16(4), ...zeros(26), ...u32(1500), ...zeros(116), ...name])
}

/** ifa_msghdr with a cut netmask and an address. */
function macAddress(): number[] {
  return macMessage(0xc, [
    ...[...u32(0x24), ...u32(0), ...u16(4), 0, 0, ...u32(0)],
    ...in6(...Array.from({ length: 8 }, () => 255), ...zeros(8)),
    ...in6(0xfe, 0x80, 0, 4, ...zeros(11), 1),
  ])
}

function macRoute(): number[] {
  const sockets = [...in4(192, 0, 2, 0), ...in4(192, 0, 2, 1), 7, 2, 0, 0, 255, 255, 255, 0]
  return macMessage(0x14, [...u16(4), 0, 0, ...u32(0x803), ...u32(7), ...zeros(76), ...sockets])
}
