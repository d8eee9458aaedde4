import { describe, expect, it } from 'vitest'
import { decodeMacosStatistics, macosStatistics } from '../../../src-main/statistics/macos/decode-macos-statistics.ts'
import { decodeInterfaceList, decodeRouteList } from '../../../src-main/statistics/macos/decode-route-messages.ts'
import { createMacosNetworkReader, openSysctl } from '../../../src-main/statistics/macos/macos-network-reader.ts'
import { u16, u32, u64 } from '../../builders/route-netlink-bytes.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
const message = (type: number, rest: readonly number[]): number[] => [...u16(4 + rest.length), 5, type, ...rest]
const in4 = (...address: readonly number[]): number[] => [16, 2, 0, 0, ...address, ...zeros(8)]
const in6 = (...address: readonly number[]): number[] => [28, 30, ...zeros(6), ...address, ...zeros(4)]

/** sockaddr_dl: name and hardware address behind eight bytes, padded to four. */
function linkAddress(name: string, hardware: readonly number[]): number[] {
  const bytes = [0, 18, ...u16(4), 6, name.length, hardware.length, 0, ...new TextEncoder().encode(name), ...hardware]
  bytes[0] = bytes.length
  return [...bytes, ...zeros((4 - (bytes.length % 4)) % 4)]
}

/** if_msghdr2 with if_data64: 160 bytes, then the name. */
const en0 = message(0x12, [
  ...u32(0x10), // RTA_IFP
  ...u32(0x41),
  ...u16(4),
  ...zeros(18), // padding, send queue
  ...zeros(8),
  ...u32(1500),
  ...u32(0),
  ...u64(1_000_000_000),
  ...[11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21].flatMap((value) => u64(value * 2 ** 33)),
  ...zeros(16),
  ...linkAddress('en0', [2, 0xfc, 0, 0, 0, 1]),
])
/** ifa_msghdr with netmask and address. */
const en0Address = message(0xc, [
  ...u32(0x24),
  ...u32(0),
  ...u16(4),
  0,
  0,
  ...u32(0),
  ...[7, 2, 0, 0, 255, 255, 255, 0],
  ...in4(192, 0, 2, 2),
])
const linkLocal = message(0xc, [
  ...u32(0x24),
  ...u32(0),
  ...u16(4),
  0,
  0,
  ...u32(0),
  ...in6(...Array.from({ length: 8 }, () => 255), ...zeros(8)),
  ...in6(0xfe, 0x80, 0, 4, ...zeros(11), 1),
])
const interfaceList = Uint8Array.from([...en0, ...en0Address, ...linkLocal])

const route = (flags: number, present: number, ...sockets: readonly (readonly number[])[]): number[] =>
  message(0x14, [...u16(4), 0, 0, ...u32(flags), ...u32(present), ...zeros(92 - 16), ...sockets.flat()])
const defaultRoute = route(0x803, 7, in4(0, 0, 0, 0), in4(192, 0, 2, 1), [0, 0, 0, 0])
const network = route(0x101, 7, in4(192, 0, 2, 0), linkAddress('', []), [7, 0, 0, 0, 255, 255, 255, 0])
const host = route(0x200005, 3, in6(...zeros(15), 1), in6(...zeros(15), 1))
const cloned = route(0x20005, 3, in4(192, 0, 2, 9), linkAddress('', []))
const routeList = Uint8Array.from([...defaultRoute, ...network, ...host, ...cloned])

describe('interfaces', () => {
  it('counters, name, addresses; the zone that KAME hides in a link-local address is taken out', () => {
    const { interfaces, malformed } = decodeInterfaceList(interfaceList)
    expect(malformed).toBe(0)
    expect(interfaces).toEqual([
      {
        index: 4,
        name: 'en0',
        up: true,
        running: true,
        loopback: false,
        mtuBytes: 1500,
        linkSpeedBitsPerSecond: 1_000_000_000,
        hardwareAddress: '02:fc:00:00:00:01',
        addresses: [
          { family: 'ipv4', address: '192.0.2.2', prefixLength: 24 },
          { family: 'ipv6', address: 'fe80::1', prefixLength: 64 },
        ],
        counters: {
          receivedPackets: 11 * 2 ** 33,
          receiveErrors: 12 * 2 ** 33,
          sentPackets: 13 * 2 ** 33,
          sendErrors: 14 * 2 ** 33,
          collisions: 15 * 2 ** 33,
          receivedBytes: 16 * 2 ** 33,
          sentBytes: 17 * 2 ** 33,
          receiveDropped: 20 * 2 ** 33,
        },
      },
    ])
  })
})

describe('routes', () => {
  it('default route, network, own address; copies for single destinations are left out', () => {
    expect(decodeRouteList(routeList, () => 'en0')).toEqual({
      malformed: 0,
      routes: [
        {
          family: 'ipv4',
          destination: '0.0.0.0',
          prefixLength: 0,
          type: 'unicast',
          gateway: '192.0.2.1',
          interface: 'en0',
          origin: 'static',
        },
        { family: 'ipv4', destination: '192.0.2.0', prefixLength: 24, type: 'unicast', interface: 'en0' },
        { family: 'ipv6', destination: '::1', prefixLength: 128, type: 'local', interface: 'en0' },
      ],
    })
  })
})

it.each([
  ['interfaces', interfaceList, (bytes: Uint8Array) => decodeInterfaceList(bytes).malformed],
  ['routes', routeList, (bytes: Uint8Array) => decodeRouteList(bytes, () => undefined).malformed],
] as const)('%s cut within a message are told as malformed, and random bytes do no harm', (_name, bytes, malformed) => {
  const ends = new Set<number>()
  for (let at = 0; at < bytes.length; at += (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)) ends.add(at)
  for (let end = 0; end < bytes.length; end += 1) expect(malformed(bytes.subarray(0, end))).toBe(ends.has(end) ? 0 : 1)
  const random = seededRandom(31)
  for (let round = 0; round < 500; round += 1) malformed(Uint8Array.from(bytes, (byte) => (random.chance(0.05) ? random.below(256) : byte)))
  expect(malformed(Uint8Array.of(0, 0, 5, 0x12))).toBe(1)
})

describe('statistics', () => {
  it('fields of the BSD structures under the names of the RFCs', () => {
    expect(decodeMacosStatistics(counting(200), kind('tcp'))?.counters).toMatchObject({
      tcpActiveOpens: 1,
      tcpPassiveOpens: 2,
      tcpAttemptFails: 5,
      tcpInSegs: 26,
      tcpRetransSegs: 19,
      tcpInErrs: 29 + 30 + 32,
      tcpListenDrops: 61,
    })
    expect(decodeMacosStatistics(counting(10), kind('udp'))?.counters).toEqual({
      udpInDatagrams: 1,
      udpNoPorts: 5,
      udpInErrors: 2 + 3 + 4 + 7,
      udpOutDatagrams: 10,
    })
  })

  it('segments sent without those repeated, also when the total wrapped', () => {
    const bytes = counting(200)
    const view = new DataView(bytes.buffer)
    view.setUint32(15 * 4, 5, true)
    view.setUint32(18 * 4, 0xffff_fff0, true)
    expect(decodeMacosStatistics(bytes, kind('tcp'))?.counters['tcpOutSegs']).toBe(21)
  })

  it('an answer of zeros or of too few bytes is no figure', () => {
    expect(decodeMacosStatistics(new Uint8Array(800), kind('tcp'))).toBeUndefined()
    expect(decodeMacosStatistics(counting(60), kind('tcp'))).toBeUndefined()
  })
})

describe('reader', () => {
  const integers: Readonly<Record<string, number>> = {
    'net.inet.ip.portrange.first': 49152,
    'net.inet.ip.portrange.last': 65535,
    'net.inet.tcp.msl': 15000,
  }
  const reader = createMacosNetworkReader(() => ({
    readName: (name) => {
      const value = integers[name]
      return value === undefined ? { ok: false, reason: `${name}: ENOENT` } : { ok: true, bytes: Uint8Array.from(u32(value)) }
    },
    readPath: (path) => ({ ok: true, bytes: path[4] === 6 ? Uint8Array.from(interfaceList) : Uint8Array.from(routeList) }),
  }))

  it('interfaces give routes their names', () => {
    expect(reader.routes().routes[0]).toMatchObject({ interface: 'en0', gateway: '192.0.2.1' })
    expect(reader.interfaces().interfaces).toHaveLength(1)
  })

  it('settings that exist are told, the others named', () => {
    const told = reader.kernelSettings()
    expect(told.settings.map(({ id, values }) => [id, values])).toEqual([
      ['local-port-range', [49152, 65535]],
      ['segment-lifetime', [15000]],
    ])
    expect(told.unread).toContainEqual({ part: 'kern.ipc.somaxconn', reason: 'kern.ipc.somaxconn: ENOENT' })
  })

  it('without the library every answer says why', () => {
    const without = createMacosNetworkReader(() => openSysctl({ ok: false, reason: 'no such library' }))
    for (const report of [without.statistics(), without.interfaces(), without.routes(), without.kernelSettings()])
      expect(report.unread[0]?.reason).toBe('no such library')
  })
})

function counting(words: number): Uint8Array {
  return new Uint8Array(Uint32Array.from({ length: words }, (_, index) => index + 1).buffer)
}

function kind(id: string): (typeof macosStatistics)[number] {
  return macosStatistics.find((each) => each.id === id) ?? macosStatistics[0]!
}
