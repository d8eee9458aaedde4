import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadLibSystem } from '../../../src-main/native/macos/lib-system.ts'
import { createMacosNetworkReader, openSysctl } from '../../../src-main/statistics/macos/macos-network-reader.ts'
import type { NetworkReader } from '../../../src-main/statistics/network-reader.ts'
import { buildFakeLibSystem, noCompiler, type FakeLibSystem } from '../../builders/fake-lib-system.ts'
import { u32 } from '../../builders/route-netlink-bytes.ts'

if (noCompiler !== undefined) console.warn(`Skipped: macOS statistics through koffi, because ${noCompiler}.`)

describe.skipIf(noCompiler !== undefined)('statistics and settings through koffi, on a library that stands in for libSystem', () => {
  let library: FakeLibSystem
  let reader: NetworkReader

  beforeAll(() => {
    library = buildFakeLibSystem()
    reader = createMacosNetworkReader(() => openSysctl(loadLibSystem(library.path)))
  })
  afterAll(() => library.dispose())

  it('reads counters by name and tables by number, and names what the system refuses', () => {
    library.set('net.inet.udp.stats', Uint8Array.from([7, 0, 0, 0, 0, 0, 0, 0, 0, 9].flatMap(u32)))
    library.set('errno.net.inet.tcp.stats', '1')
    const told = reader.statistics()
    expect(told.groups).toEqual([
      { id: 'udp', gauges: {}, counters: { udpInDatagrams: 7, udpNoPorts: 0, udpInErrors: 0, udpOutDatagrams: 9 } },
    ])
    expect(told.unread).toContainEqual({ part: 'net.inet.tcp.stats', reason: 'net.inet.tcp.stats: EPERM' })
    library.set('4.17.0.0.6.0', Uint8Array.of(9, 0, 5, 0x12, 0))
    expect(reader.interfaces()).toEqual({
      means: ['sysctl NET_RT_IFLIST2'],
      unread: [{ part: 'sysctl NET_RT_IFLIST2', reason: 'malformed: 1' }],
      interfaces: [],
    })
    expect(reader.routes().unread).toEqual([{ part: 'sysctl NET_RT_DUMP2', reason: '4.17.0.0.7.0: ENOENT' }])
  })

  it('reads settings', () => {
    library.set('net.inet.tcp.msl', Uint8Array.from(u32(15_000)))
    expect(reader.kernelSettings().settings.map(({ name, values }) => [name, values])).toEqual([['net.inet.tcp.msl', [15_000]]])
  })
})
