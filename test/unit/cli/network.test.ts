import { describe, expect, it } from 'vitest'
import type { InterfacesReport, KernelSettingsReport, RoutesReport, StatisticsReport } from '../../../src-shared/contract/network.ts'
import { run } from './run-cli.ts'

const nothing = { takenAt: 1, means: ['a file'], unread: [] }
const statistics: StatisticsReport = {
  ...nothing,
  groups: [
    { id: 'tcp', counters: { tcpRetransSegs: 4795, tcpInErrs: 0 }, gauges: { tcpMaxConn: -1, tcpCurrEstab: 0 } },
    { id: 'udp', family: 'ipv6', counters: { udpInErrors: 0 }, gauges: {} },
  ],
}
const settings: KernelSettingsReport = {
  ...nothing,
  settings: [
    {
      id: 'local-port-range',
      name: 'net.ipv4.ip_local_port_range',
      values: [1024, 65000],
      unit: 'ports',
      defaults: [32768, 60999],
      states: ['TIME_WAIT'],
    },
    { id: 'max-orphans', name: 'net.ipv4.tcp_max_orphans', values: [4096], unit: 'sockets', states: ['FIN_WAIT_1'] },
  ],
}
const interfaces: InterfacesReport = {
  ...nothing,
  interfaces: [
    {
      name: 'e\u001b[2Jth0',
      up: true,
      running: false,
      mtuBytes: 1500,
      addresses: [
        { family: 'ipv4', address: '192.0.2.2', prefixLength: 24 },
        { family: 'ipv6', address: 'fd00::2', prefixLength: 64 },
      ],
      counters: {
        receivedBytes: 10,
        sentBytes: 20,
        receivedPackets: 1,
        sentPackets: 2,
        receiveErrors: 3,
        sendErrors: 4,
        receiveDropped: 5,
      },
    },
  ],
}
const routes: RoutesReport = {
  ...nothing,
  cutShort: true,
  routes: [
    { family: 'ipv4', destination: '0.0.0.0', prefixLength: 0, type: 'unicast', gateway: '192.0.2.1', interface: 'eth0', table: 254 },
    { family: 'ipv4', destination: '127.0.0.1', prefixLength: 32, type: 'local', interface: 'lo', table: 255 },
    {
      family: 'ipv4',
      destination: '10.0.0.0',
      prefixLength: 8,
      type: 'unicast',
      nextHops: [
        { gateway: '192.0.2.3', interface: 'a' },
        { gateway: '192.0.2.4', interface: 'b' },
      ],
    },
  ],
}
const network = { getStatistics: statistics, getKernelSettings: settings, getInterfaces: interfaces, getRoutes: routes }

describe('stats', () => {
  it('leaves out counters of zero and groups of nothing else, but no gauge', async () => {
    const { exit, out, engine } = await run(['stats'], { network })
    expect([exit, engine.stopped]).toEqual([0, true])
    expect(out).toBe(
      'TCP\n  tcpMaxConn        -1  Most connections\n  tcpCurrEstab       0  Open now\n  tcpRetransSegs  4795  Segments retransmitted\n',
    )
    expect((await run(['stats', '--all'], { network })).out).toContain('UDP (IPv6)\n  udpInErrors  0')
  })

  it('--settings explains each setting with its default and the states it decides over, in both languages', async () => {
    const { out } = await run(['stats', '--settings'], { network })
    expect(out).toMatch(/net\.ipv4\.ip_local_port_range +1024-65000 +32768-60999 +ports\n {4}Ports that outgoing .*\n?.*\[TIME_WAIT\]/u)
    expect((await run(['stats', '--settings', '--lang', 'zh-CN'], { network })).out).toContain('出站连接使用的端口')
    expect((await run(['stats', '--settings', '--all'], { network })).exit).toBe(2)
  })

  it('--json is the whole report', async () => {
    expect(JSON.parse((await run(['stats', '--json'], { network })).out)).toEqual(statistics)
    expect(JSON.parse((await run(['stats', '--json', '--settings'], { network })).out)).toEqual(settings)
  })

  it('--for counts for a time and tells what grew, how fast, in plain words', async () => {
    const later = {
      ...statistics,
      takenAt: 2001,
      groups: [{ ...statistics.groups[0], counters: { tcpRetransSegs: 4805, tcpInErrs: 0 } }, statistics.groups[1]],
    }
    const counted = { network: { ...network, getStatistics: [statistics, later] } }
    const { exit, out } = await run(['stats', '--for', '2', '--lang', 'zh-CN'], counted)
    expect([exit, out]).toEqual([0, 'TCP\n  tcpRetransSegs  +10  5/秒  重传的报文段\n'])
    const { groups } = JSON.parse((await run(['stats', '--for', '2', '--json'], counted)).out) as typeof statistics
    expect(groups[0]).toEqual({ ...later.groups[0], perSecond: { tcpRetransSegs: 5, tcpInErrs: 0 } })
    const still = await run(['stats', '--for', '2'], { network })
    expect([still.exit, still.out, still.err]).toEqual([0, '', 'No counter changed.\n'])
    expect((await run(['stats', '--for', '0'], counted)).exit).toBe(2)
    expect((await run(['stats', '--for', '2', '--settings'], counted)).err).toContain('--for and --settings cannot be used together')
  })

  it('tells what could not be read; nothing at all is a failure, a system without the call is none', async () => {
    const unread = [{ part: '/proc/net/snmp', reason: 'EACCES' }]
    const none = await run(['stats'], { network: { ...network, getStatistics: { ...nothing, unread, groups: [] } } })
    expect([none.exit, none.err]).toEqual([5, '/proc/net/snmp could not be read (EACCES).\n'])
    const part = await run(['stats'], { network: { ...network, getStatistics: { ...statistics, unread } } })
    expect([part.exit, part.err]).toEqual([0, '/proc/net/snmp could not be read (EACCES).\n'])
    const unavailable = { ...nothing, settings: [], unavailable: 'no-native-call' as const }
    const windows = await run(['stats', '--settings'], { network: { ...network, getKernelSettings: unavailable } })
    expect([windows.exit, windows.err]).toEqual([1, 'Not available on this system. The system offers no call for it.\n'])
  })
})

describe('interfaces', () => {
  it('one line per address; a name cannot command the terminal', async () => {
    const { exit, out } = await run(['interfaces'], { network })
    expect(exit).toBe(0)
    const [, first, second] = out.split('\n')
    expect(first?.split(/\s{2,}/u)).toEqual([String.raw`e\x1b[2Jth0`, 'up', '1500', '10', '20', '7', '5', '192.0.2.2/24'])
    expect(second?.trim()).toBe('fd00::2/64')
  })
})

describe('routes', () => {
  it('leaves out what the machine has for itself, and gives each of several ways a line', async () => {
    const { out, err } = await run(['routes'], { network })
    expect(out).toContain('0.0.0.0/0')
    expect(out).not.toContain('127.0.0.1')
    expect(out).toMatch(/10\.0\.0\.0\/8 +192\.0\.2\.3 +a .*\n +192\.0\.2\.4 +b/u)
    expect(err).toBe('There are more; only the first 3 are shown.\n')
    expect((await run(['routes', '--all'], { network })).out).toContain('127.0.0.1/32')
  })

  it('takes no words', async () => {
    expect((await run(['routes', 'eth0'], { network })).exit).toBe(2)
  })
})
