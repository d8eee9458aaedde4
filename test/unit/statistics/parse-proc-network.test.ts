import { expect, it } from 'vitest'
import { parseProcIpv6Route, parseProcNetDev, parseProcNetRoute } from '../../../src-main/statistics/linux/parse-proc-network.ts'

const dev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 404188945 4811025    0   18    0     0          0         0 404188945 4811025    0    0    0     0       0          0
eth0:1:1495771195 46629 1 2 0 0 0 5 4753914 33049 3 4 0 6 0 0
`
const route = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
*\t0000000A\t00000000\t0201\t0\t0\t0\t000000FF\t0\t0\t0
`
const route6 = `fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000002 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 00000003 00000000 00000003     eth0
00000000000000000000000000000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000004 00000000 80200001       lo
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`

it('/proc/net/dev: counters by name, an alias with a colon too', () => {
  const { items, malformed } = parseProcNetDev(dev)
  expect(malformed).toBe(0)
  expect(items.map(({ name }) => name)).toEqual(['lo', 'eth0:1'])
  expect(items[1]?.counters).toEqual({
    receivedBytes: 1495771195,
    sentBytes: 4753914,
    receivedPackets: 46629,
    sentPackets: 33049,
    receiveErrors: 1,
    sendErrors: 3,
    receiveDropped: 2,
    sendDropped: 4,
    collisions: 6,
  })
})

it('/proc/net/route: addresses in the byte order of the machine, masks as lengths, rejected networks', () => {
  expect(parseProcNetRoute(route)).toEqual({
    malformed: 0,
    items: [
      { family: 'ipv4', destination: '0.0.0.0', prefixLength: 0, type: 'unicast', gateway: '192.0.2.1', interface: 'eth0', metric: 100 },
      { family: 'ipv4', destination: '192.0.2.0', prefixLength: 24, type: 'unicast', interface: 'eth0' },
      { family: 'ipv4', destination: '10.0.0.0', prefixLength: 8, type: 'unreachable' },
    ],
  })
})

it('/proc/net/ipv6_route: gateway, own addresses, the reject route', () => {
  expect(parseProcIpv6Route(route6).items).toEqual([
    { family: 'ipv6', destination: 'fe80::', prefixLength: 64, type: 'unicast', interface: 'eth0', metric: 256 },
    { family: 'ipv6', destination: '::', prefixLength: 0, type: 'unicast', gateway: 'fd00::1', interface: 'eth0', metric: 1024 },
    { family: 'ipv6', destination: '::1', prefixLength: 128, type: 'local', interface: 'lo', metric: 0 },
    { family: 'ipv6', destination: '::', prefixLength: 0, type: 'unreachable', interface: 'lo', metric: 0xffffffff },
  ])
})

it.each([
  ['dev', dev, parseProcNetDev],
  ['route', route, parseProcNetRoute],
  ['ipv6_route', route6, parseProcIpv6Route],
] as const)('%s cut at any byte gives a beginning of the whole, and nonsense gives nothing', (_name, text, parse) => {
  const whole = parse(text).items
  for (let end = 0; end < text.length; end += 1) {
    const { items, malformed } = parse(text.slice(0, end))
    expect([items, malformed]).toEqual([whole.slice(0, items.length), 0])
  }
  expect(parse('a\nb\nc d e\n').items).toEqual([])
  expect(parse('a\nb\nc d e\n').malformed).toBeGreaterThan(0)
})
