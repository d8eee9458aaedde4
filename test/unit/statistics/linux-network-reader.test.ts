import { describe, expect, it } from 'vitest'
import { createLinuxNetworkReader, type LinuxNetwork } from '../../../src-main/statistics/linux/linux-network-reader.ts'
import { linuxSettings, parseSettingValues } from '../../../src-main/statistics/linux/linux-settings.ts'
import { maximumRoutes } from '../../../src-main/statistics/network-reader.ts'
import { attribute, done, netlinkMessage, refused, u16, u32, zeroTerminated } from '../../builders/route-netlink-bytes.ts'

const link = netlinkMessage(16, [0, 0, ...u16(1), ...u32(4), ...u32(1), ...u32(0), ...attribute(3, zeroTerminated('eth0'))])
const address = netlinkMessage(20, [2, 24, 0, 0, ...u32(4), ...attribute(2, [192, 0, 2, 2])])
const route = netlinkMessage(24, [2, 0, 0, 0, 254, 4, 0, 1, ...u32(0), ...attribute(5, [192, 0, 2, 1]), ...attribute(4, u32(4))])

/** Answers by the type of request (byte 4); files by path. */
function system(
  answers: Readonly<Record<number, readonly (readonly number[])[]>>,
  files: Readonly<Record<string, string>> = {},
): LinuxNetwork {
  return {
    readFile: (path) => {
      const text = files[path]
      return text === undefined ? { ok: false, reason: 'ENOENT' } : { ok: true, bytes: new TextEncoder().encode(text) }
    },
    askNetlink: (request, take) => {
      const parts = answers[request[4] ?? 0]
      if (parts === undefined) return 'socket: EPERM'
      for (const part of parts) if (take(Uint8Array.from(part)) === 'stop') return undefined
      return 'recv: EAGAIN'
    },
  }
}

describe('interfaces and routes', () => {
  it('put addresses to their interface and names to routes', () => {
    const reader = createLinuxNetworkReader(system({ 18: [link, done()], 22: [address, done()], 26: [route, done()] }))
    expect(reader.interfaces()).toMatchObject({
      means: ['rtnetlink'],
      unread: [],
      interfaces: [{ name: 'eth0', addresses: [{ address: '192.0.2.2' }] }],
    })
    expect(reader.routes()).toMatchObject({
      unread: [],
      cutShort: false,
      routes: [{ gateway: '192.0.2.1', interface: 'eth0', origin: 'static' }],
    })
  })

  it('fall to /proc where netlink is refused, and say so', () => {
    const files = {
      'net/dev': 'a\nb\nlo: 1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0\n',
      'net/route': 'heading\neth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n',
    }
    const reader = createLinuxNetworkReader(system({}, files))
    expect(reader.interfaces()).toMatchObject({
      means: ['/proc/net/dev'],
      unread: [{ part: 'rtnetlink', reason: 'socket: EPERM' }],
      interfaces: [{ name: 'lo' }],
    })
    expect(reader.routes()).toMatchObject({
      unread: [{ part: 'rtnetlink' }, { part: '/proc/net/ipv6_route', reason: 'ENOENT' }],
      routes: [{ gateway: '192.0.2.1' }],
    })
    const kernelRefuses = createLinuxNetworkReader(system({ 18: [refused(1)], 26: [refused(1)] }, files))
    expect(kernelRefuses.routes().unread[0]).toEqual({ part: 'rtnetlink', reason: 'EPERM' })
  })

  it('an answer that never ends is an error, not a complete table', () => {
    const reader = createLinuxNetworkReader(system({ 18: [link] }, { 'net/dev': '' }))
    expect(reader.interfaces()).toMatchObject({ means: ['/proc/net/dev'], unread: [{ reason: 'recv: EAGAIN' }] })
  })

  it('a table that changed meanwhile is asked for again, once, and then told', () => {
    const torn = netlinkMessage(24, [], { flags: 0x12 })
    let asked = 0
    const still: LinuxNetwork = {
      ...system({}),
      askNetlink: (request, take) => {
        asked += 1
        const parts = request[4] === 26 ? [torn, route, done()] : [link, done()]
        for (const part of parts) if (take(Uint8Array.from(part)) === 'stop') return undefined
        return undefined
      },
    }
    const told = createLinuxNetworkReader(still).routes()
    expect(asked).toBe(3)
    expect(told.unread).toContainEqual({ part: 'rtnetlink RTM_GETROUTE', reason: 'changed while it was read' })
  })

  it('the table of a whole Internet is cut short, and says so', () => {
    const many = Array.from({ length: 120 }, () => Array.from({ length: 100 }, () => route).flat())
    const told = createLinuxNetworkReader(system({ 18: [link, done()], 26: [...many, done()] })).routes()
    expect([told.routes.length, told.cutShort]).toEqual([maximumRoutes, true])
  })
})

describe('statistics', () => {
  it('without IPv6 in the kernel there is nothing missing; other files are told', () => {
    const files = { 'net/snmp': 'Tcp: InSegs\nTcp: 5\n', 'net/netstat': 'broken\n' }
    expect(createLinuxNetworkReader(system({}, files)).statistics()).toEqual({
      means: ['/proc/net/snmp', '/proc/net/netstat'],
      unread: [{ part: '/proc/net/netstat', reason: 'malformed: 1' }],
      groups: [{ id: 'tcp', counters: { tcpInSegs: 5 }, gauges: {} }],
    })
    expect(createLinuxNetworkReader(system({})).statistics().unread).toEqual([
      { part: '/proc/net/snmp', reason: 'ENOENT' },
      { part: '/proc/net/netstat', reason: 'ENOENT' },
    ])
  })
})

describe('settings', () => {
  it('are read under their own names, and one that is missing is told', () => {
    const files = {
      'sys/net/ipv4/ip_local_port_range': '1024\t65000\n',
      'sys/net/ipv4/tcp_fin_timeout': '30\n',
      'sys/net/core/somaxconn': 'many\n',
    }
    const told = createLinuxNetworkReader(system({}, files)).kernelSettings()
    expect(told.settings.map(({ id, values, defaults }) => [id, values, defaults])).toEqual([
      ['local-port-range', [1024, 65000], [32768, 60999]],
      ['fin-timeout', [30], [60]],
    ])
    expect(told.unread).toHaveLength(linuxSettings.length - 2)
    expect(told.unread).toContainEqual({ part: 'net.core.somaxconn', reason: 'malformed' })
  })

  it.each([
    ['1', [1]],
    [' 4096 131072\t6291456\n', [4096, 131072, 6291456]],
    ['-1\n', [-1]],
    ['', undefined],
    ['1 2 3 4', undefined],
    ['0x10', undefined],
  ])('%j', (text, values) => {
    expect(parseSettingValues(text)).toEqual(values)
  })
})
