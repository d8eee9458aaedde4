import { describe, expect, it } from 'vitest'
import type { IpStatistics } from '../../../src-main/native/windows/ip-statistics.ts'
import {
  decodeStatistics,
  MIB_IPSTATS,
  MIB_TCPSTATS,
  MIB_TCPSTATS2,
  MIB_UDPSTATS2,
} from '../../../src-main/statistics/windows/decode-windows-statistics.ts'
import { decodeForwardTable, decodeInterfaces, decodeUnicastAddresses } from '../../../src-main/statistics/windows/decode-windows-tables.ts'
import { createWindowsNetworkReader } from '../../../src-main/statistics/windows/windows-network-reader.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

const AF_INET = 2
const AF_INET6 = 23
const v6 = [0xfd, ...Array.from({ length: 14 }, () => 0), 2]

/** Consecutive numbers from 1 as DWORDs. */
const counting = (bytes: number): Uint8Array => new Uint8Array(Uint32Array.from({ length: bytes / 4 }, (_, index) => index + 1).buffer)

/** Rows behind a count, filled by `fill`. */
function table(rowBytes: number, ...fills: readonly ((row: Buffer) => void)[]): Uint8Array {
  const bytes = Buffer.alloc(8 + rowBytes * fills.length)
  bytes.writeUInt32LE(fills.length)
  for (const [index, fill] of fills.entries()) fill(bytes.subarray(8 + index * rowBytes, 8 + (index + 1) * rowBytes))
  return Uint8Array.from(bytes)
}

function writeAddress(row: Buffer, offset: number, address: readonly number[]): void {
  row.writeUInt16LE(address.length === 16 ? AF_INET6 : AF_INET, offset)
  row.set(address, offset + (address.length === 16 ? 8 : 4))
}

const ethernet = (row: Buffer): void => {
  row.writeUInt32LE(7, 8)
  row.write('以太网\0rest', 28, 'utf16le')
  row.write('Intel(R) Ethernet\0', 542, 'utf16le')
  row.writeUInt32LE(6, 1056)
  row.set([2, 0xfc, 0, 0, 0, 1], 1060)
  row.writeUInt32LE(1500, 1124)
  row.writeUInt32LE(6, 1128)
  row.writeUInt32LE(1, 1156)
  row.writeUInt32LE(1, 1160)
  row.writeBigUInt64LE(1_000_000_000n, 1192)
  for (const [index, offset] of [1208, 1216, 1224, 1232, 1240, 1280, 1288, 1296, 1304, 1312].entries())
    row.writeBigUInt64LE(BigInt(index + 1) * 0x1_0000_0000n, offset)
}
const loopback = (row: Buffer): void => {
  row.writeUInt32LE(1, 8)
  row.write('lo\0', 28, 'utf16le')
  row.writeUInt32LE(24, 1128)
  row.fill(0xff, 1192, 1200)
}
const unicast = (row: Buffer): void => {
  writeAddress(row, 0, v6)
  row.writeUInt32LE(7, 40)
  row[60] = 64
}
const defaultRoute = (row: Buffer): void => {
  row.writeUInt32LE(7, 8)
  writeAddress(row, 12, [0, 0, 0, 0])
  writeAddress(row, 44, [192, 0, 2, 1])
  row.writeUInt32LE(25, 84)
  row.writeUInt32LE(3, 88)
}
const multicast = (row: Buffer): void => {
  row.writeUInt32LE(7, 8)
  writeAddress(row, 12, [0xff, ...Array.from({ length: 15 }, () => 0)])
  row[40] = 8
  writeAddress(
    row,
    44,
    Array.from({ length: 16 }, () => 0),
  )
  row.writeUInt32LE(2, 88)
}

describe('statistics', () => {
  it('fields lie where tcpmib.h, udpmib.h and ipmib.h put them', () => {
    expect(decodeStatistics(counting(60), MIB_TCPSTATS, 'ipv4')).toEqual({
      id: 'tcp',
      family: 'ipv4',
      gauges: { tcpRtoAlgorithm: 1, tcpRtoMin: 2, tcpRtoMax: 3, tcpMaxConn: 4, tcpCurrEstab: 9 },
      counters: {
        tcpActiveOpens: 5,
        tcpPassiveOpens: 6,
        tcpAttemptFails: 7,
        tcpEstabResets: 8,
        tcpInSegs: 10,
        tcpOutSegs: 11,
        tcpRetransSegs: 12,
        tcpInErrs: 13,
        tcpOutRsts: 14,
      },
    })
    const wide = decodeStatistics(counting(72), MIB_TCPSTATS2, 'ipv6')?.counters
    expect([wide?.['tcpInSegs'], wide?.['tcpOutSegs'], wide?.['tcpRetransSegs'], wide?.['tcpOutRsts']]).toEqual([
      12 * 2 ** 32 + 11,
      14 * 2 ** 32 + 13,
      15,
      17,
    ])
    expect(decodeStatistics(counting(32), MIB_UDPSTATS2, 'ipv4')?.counters).toEqual({
      udpInDatagrams: 2 * 2 ** 32 + 1,
      udpNoPorts: 3,
      udpInErrors: 4,
      udpOutDatagrams: 6 * 2 ** 32 + 5,
    })
    const ip = decodeStatistics(counting(92), MIB_IPSTATS, 'ipv4')
    expect([ip?.gauges, ip?.counters['ipFragCreates']]).toEqual([{ ipForwarding: 1, ipDefaultTTL: 2, ipReasmTimeout: 14 }, 20])
  })

  it('no limit of connections is -1, as RFC 4022 has it', () => {
    const bytes = counting(60)
    bytes.fill(0xff, 12, 16)
    expect(decodeStatistics(bytes, MIB_TCPSTATS, 'ipv4')?.gauges['tcpMaxConn']).toBe(-1)
  })

  it('too few bytes are no structure', () => {
    for (let length = 0; length < 60; length += 1)
      expect(decodeStatistics(counting(60).subarray(0, length), MIB_TCPSTATS, 'ipv4')).toBeUndefined()
  })
})

describe('tables', () => {
  it('interfaces by their name in the language of the system, with 64-bit counters; no speed is absent', () => {
    const { rows, missing } = decodeInterfaces(table(1352, ethernet, loopback))
    expect(missing).toBe(0)
    expect(rows[0]).toEqual({
      index: 7,
      name: '以太网',
      description: 'Intel(R) Ethernet',
      up: true,
      running: true,
      loopback: false,
      mtuBytes: 1500,
      linkSpeedBitsPerSecond: 1_000_000_000,
      hardwareAddress: '02:fc:00:00:00:01',
      addresses: [],
      counters: {
        receivedBytes: 2 ** 32,
        receivedPackets: (2 + 3) * 2 ** 32,
        receiveDropped: 4 * 2 ** 32,
        receiveErrors: 5 * 2 ** 32,
        sentBytes: 6 * 2 ** 32,
        sentPackets: (7 + 8) * 2 ** 32,
        sendDropped: 9 * 2 ** 32,
        sendErrors: 10 * 2 ** 32,
      },
    })
    expect(rows[1]).toMatchObject({ name: 'lo', loopback: true, up: false })
    expect(rows[1]).not.toHaveProperty('linkSpeedBitsPerSecond')
  })

  it('routes with gateway, metric and origin; an on-link route has no gateway', () => {
    expect(decodeForwardTable(table(104, defaultRoute, multicast), () => 'eth').rows).toEqual([
      {
        family: 'ipv4',
        destination: '0.0.0.0',
        prefixLength: 0,
        type: 'unicast',
        gateway: '192.0.2.1',
        interface: 'eth',
        metric: 25,
        origin: 'static',
      },
      { family: 'ipv6', destination: 'ff00::', prefixLength: 8, type: 'multicast', interface: 'eth', metric: 0, origin: 'kernel' },
    ])
    expect(decodeUnicastAddresses(table(80, unicast)).rows).toEqual([
      { index: 7, address: { family: 'ipv6', address: 'fd00::2', prefixLength: 64 } },
    ])
  })

  it('cut at any byte they give whole rows only and say how many are missing; random bytes do no harm', () => {
    const random = seededRandom(21)
    for (const [bytes, rowBytes, decode] of [
      [table(1352, ethernet, loopback), 1352, decodeInterfaces],
      [table(80, unicast, unicast), 80, decodeUnicastAddresses],
      [table(104, defaultRoute, multicast), 104, (cut: Uint8Array) => decodeForwardTable(cut, () => undefined)],
    ] as const) {
      for (let end = 8; end < bytes.length; end += 7) {
        const { rows, missing } = decode(bytes.subarray(0, end))
        expect([rows.length, missing]).toEqual([Math.floor((end - 8) / rowBytes), 2 - Math.floor((end - 8) / rowBytes)])
      }
      for (let end = 0; end < 8; end += 1) expect(decode(bytes.subarray(0, end)).rows).toEqual([])
      for (let round = 0; round < 200; round += 1)
        decode(Uint8Array.from(bytes, (byte) => (random.chance(0.05) ? random.below(256) : byte)))
    }
  })
})

describe('reader', () => {
  const api: IpStatistics = {
    GetTcpStatisticsEx: answering(60),
    GetTcpStatisticsEx2: () => 127,
    GetUdpStatisticsEx: () => 50,
    GetUdpStatisticsEx2: () => 127,
    GetIpStatisticsEx: (statistics, family) => (family === AF_INET ? answering(92)(statistics) : 50),
    GetIcmpStatisticsEx: answering(2064),
    GetIfTable2: () => ({ bytes: table(1352, ethernet) }),
    GetIpForwardTable2: () => ({ error: 5 }),
    GetUnicastIpAddressTable: () => ({ bytes: table(80, unicast) }),
  }
  const reader = createWindowsNetworkReader(() => api)

  it('takes the older call where the newer one is missing, and names what failed', () => {
    const { groups, means, unread } = reader.statistics()
    expect(groups.map(({ id, family }) => `${id} ${family}`)).toEqual(['ip ipv4', 'icmp ipv4', 'icmp ipv6', 'tcp ipv4', 'tcp ipv6'])
    expect(means).toEqual(['GetIpStatisticsEx', 'GetIcmpStatisticsEx', 'GetTcpStatisticsEx'])
    expect(unread).toContainEqual({ part: 'GetUdpStatisticsEx2 ipv4', reason: 'ERROR_PROC_NOT_FOUND' })
    expect(unread).toContainEqual({ part: 'GetIpStatisticsEx ipv6', reason: 'ERROR_NOT_SUPPORTED' })
  })

  it('puts addresses to interfaces, and a refused table is told, not empty without a word', () => {
    expect(reader.interfaces().interfaces[0]?.addresses).toEqual([{ family: 'ipv6', address: 'fd00::2', prefixLength: 64 }])
    expect(reader.routes()).toEqual({
      means: ['GetIpForwardTable2', 'GetIfTable2'],
      unread: [{ part: 'GetIpForwardTable2', reason: 'ERROR_ACCESS_DENIED' }],
      routes: [],
      cutShort: false,
    })
  })

  it('says that there is no call for settings', () => {
    expect(reader.kernelSettings()).toMatchObject({ unavailable: 'no-native-call', settings: [] })
  })
})

/** A call that answers consecutive numbers. */
function answering(bytes: number): (statistics: Uint8Array) => number {
  return (statistics) => {
    statistics.set(counting(bytes))
    return 0
  }
}
