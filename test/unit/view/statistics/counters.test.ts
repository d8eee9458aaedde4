import { describe, expect, it } from 'vitest'
import type { InterfacesReport, NetworkInterface, StatisticsGroup, StatisticsReport } from '../../../../src-shared/contract/network.ts'
import { bitRate } from '../../../../src-renderer/view/statistics/bit-rate.ts'
import { counterIncrease, counterRate } from '../../../../src-shared/statistics/counter-increase.ts'
import { counterGroups } from '../../../../src-shared/statistics/counter-rows.ts'
import { busiestInterface, protocolSample, trafficSample } from '../../../../src-renderer/view/statistics/protocol-series.ts'
import { SampleHistory } from '../../../../src-renderer/view/statistics/sample-history.ts'

const report = (takenAt: number, ...groups: StatisticsGroup[]): StatisticsReport => ({ takenAt, means: [], unread: [], groups })
const tcp = (counters: Record<string, number>, gauges: Record<string, number> = {}): StatisticsGroup => ({ id: 'tcp', counters, gauges })
const udp = (family: 'ipv4' | 'ipv6', counters: Record<string, number>): StatisticsGroup => ({ id: 'udp', family, counters, gauges: {} })

const link = (name: string, receivedBytes: number, loopback = false): NetworkInterface => ({
  name,
  loopback,
  addresses: [],
  counters: { receivedBytes, sentBytes: 0, receivedPackets: 0, sentPackets: 0, receiveErrors: 0, sendErrors: 0 },
})
const links = (takenAt: number, ...interfaces: NetworkInterface[]): InterfacesReport => ({ takenAt, means: [], unread: [], interfaces })

describe('a counter', () => {
  it('that wrapped at 32 bits grew by little', () => {
    expect(counterIncrease(4_294_967_290, 4)).toBe(10)
  })

  it('that was set back tells nothing', () => {
    expect(counterIncrease(1000, 4)).toBeUndefined()
    expect(counterIncrease(2 ** 40, 4)).toBeUndefined()
    expect(counterRate(1000, 4, 2000)).toBeUndefined()
  })

  it('has a rate per second over the real time between two samples', () => {
    expect(counterRate(100, 150, 2500)).toBe(20)
    expect(counterRate(100, 150, 0)).toBeUndefined()
    expect(counterRate(undefined, 150, 2000)).toBeUndefined()
  })
})

describe('the lines of the table', () => {
  it('tell value, rate and increase since the first sample; gauges have neither', () => {
    const first = report(1000, tcp({ tcpInSegs: 10 }, { tcpCurrEstab: 3 }))
    const before = report(3000, tcp({ tcpInSegs: 20 }, { tcpCurrEstab: 3 }))
    const last = report(5000, tcp({ tcpInSegs: 40, tcpNew: 1 }, { tcpCurrEstab: 4 }))
    expect(counterGroups({ first, before, last })).toEqual([
      {
        id: 'tcp',
        rows: [
          { counter: 'tcpCurrEstab', value: 4, isGauge: true },
          { counter: 'tcpInSegs', value: 40, isGauge: false, perSecond: 10, increase: 30 },
          { counter: 'tcpNew', value: 1, isGauge: false },
        ],
      },
    ])
  })

  it('compare each address family with itself', () => {
    const first = report(1000, udp('ipv4', { udpInDatagrams: 5 }), udp('ipv6', { udpInDatagrams: 500 }))
    const last = report(2000, udp('ipv4', { udpInDatagrams: 6 }), udp('ipv6', { udpInDatagrams: 501 }))
    expect(counterGroups({ first, before: first, last }).map(({ rows }) => rows[0]?.perSecond)).toEqual([1, 1])
  })
})

describe('the charts', () => {
  it('draw both families together, and the open connections as they are', () => {
    const before = report(
      0,
      tcp({ tcpInSegs: 0 }, { tcpCurrEstab: 9 }),
      udp('ipv4', { udpInDatagrams: 1 }),
      udp('ipv6', { udpInDatagrams: 1 }),
    )
    const after = report(
      2000,
      tcp({ tcpInSegs: 8 }, { tcpCurrEstab: 7 }),
      udp('ipv4', { udpInDatagrams: 3 }),
      udp('ipv6', { udpInDatagrams: 5 }),
    )
    const sample = protocolSample(before, after)
    expect([sample.get('tcpInSegs'), sample.get('tcpCurrEstab'), sample.get('udpInDatagrams')]).toEqual([4, 7, 3])
    expect(sample.has('tcpRetransSegs')).toBe(false)
  })

  it('keep the newest samples, and gaps where there was no value', () => {
    const history = new SampleHistory<'a' | 'b'>(3)
    history.add(1, new Map([['a', 1]]))
    history.add(
      2,
      new Map([
        ['a', 2],
        ['b', 20],
      ] as const),
    )
    history.add(3, new Map([['b', 30]]))
    history.add(3, new Map([['b', 99]]))
    history.add(4, new Map([['a', 4]]))
    expect(history.times).toEqual([2, 3, 4])
    expect(history.valuesOf('a')).toEqual([2, undefined, 4])
    expect(history.valuesOf('b')).toEqual([20, 30, undefined])
  })
})

describe('interfaces', () => {
  it('have rates by name; one that just came has none', () => {
    const sample = trafficSample(links(0, link('eth0', 100)), links(2000, link('eth0', 300), link('tun0', 5)))
    expect([...sample]).toEqual([
      ['received:eth0', 100],
      ['sent:eth0', 0],
    ])
  })

  it('are shown first where most went through, loopback last', () => {
    expect(busiestInterface([link('lo', 1e9, true), link('eth0', 1), link('eth1', 7)])).toBe('eth1')
    expect(busiestInterface([])).toBeUndefined()
  })

  it('have the speed they are sold with', () => {
    expect([bitRate(2_500_000_000, 'en'), bitRate(100_000_000, 'en'), bitRate(300, 'en')]).toEqual([
      '2.5 Gbit/s',
      '100 Mbit/s',
      '300 bit/s',
    ])
  })
})
