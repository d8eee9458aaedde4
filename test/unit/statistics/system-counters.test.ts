import { describe, expect, it } from 'vitest'
import { countersOfLine, readLinuxCounters } from '../../../src-main/statistics/linux/system-counters.ts'
import { tcpCountersOf } from '../../../src-main/statistics/tcp-counters.ts'

const netstat = [
  'TcpExt: SyncookiesSent SyncookiesRecv ListenOverflows ListenDrops',
  'TcpExt: 7 0 20547 20548',
  'IpExt: InNoRoutes ListenDrops',
  'IpExt: 1 2',
  '',
].join('\n')
const snmp = 'Ip: Forwarding DefaultTTL\nIp: 1 64\nTcp: RtoAlgorithm OutSegs RetransSegs\nTcp: 1 11410272 20832\nUdp: OutSegs\nUdp: 9\n'

const group = (id: 'tcp' | 'udp', counters: Record<string, number>) => ({ id, counters, gauges: {} })

describe('the counters of every look', () => {
  it('are read from two files', () => {
    const files: Readonly<Record<string, string>> = { 'net/netstat': netstat, 'net/snmp': snmp }
    const counters = readLinuxCounters((path) => ({ ok: true, bytes: Buffer.from(files[path] ?? '') }))
    expect(counters).toEqual({
      listenOverflows: 20_547,
      listenDrops: 20_548,
      synCookiesSent: 7,
      sentSegments: 11_410_272,
      retransmittedSegments: 20_832,
    })
  })

  it('are absent, not zero, where a file is missing, torn or without them', () => {
    expect(readLinuxCounters(() => ({ ok: false, reason: 'EACCES' }))).toEqual({})
    for (const text of [
      '',
      'Tcp: OutSegs\n',
      'Tcp: OutSegs\nTcp: 5',
      'Tcp: OutSegs\nTcp: 5 6\n',
      'Tcp: OutSegs\nTcp: x\n',
      'XTcp: OutSegs\nTcp: 5\n',
    ])
      expect(countersOfLine(text, 'Tcp', { sent: 'OutSegs' })).toEqual({})
    expect(countersOfLine('Tcp: OutSegs\nTcp: 5\n', 'Tcp', { sent: 'OutSegs', more: 'RetransSegs' })).toEqual({ sent: 5 })
  })

  it('are sums over the families where a system counts them apart', () => {
    const groups = [group('tcp', { tcpOutSegs: 10, tcpRetransSegs: 1 }), group('tcp', { tcpOutSegs: 5, tcpRetransSegs: 0 })]
    expect(tcpCountersOf([...groups, group('udp', { tcpOutSegs: 100 })])).toEqual({ sentSegments: 15, retransmittedSegments: 1 })
    expect(tcpCountersOf([])).toEqual({})
  })
})
