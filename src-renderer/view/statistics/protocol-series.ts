/** What the charts of the statistics page draw, from two reports. */
import type { InterfacesReport, NetworkInterface, StatisticsReport } from '../../../src-shared/contract/network.ts'
import { counterRate } from '../../../src-shared/statistics/counter-increase.ts'

/** The names of the counters; `tcpCurrEstab` as it is, all others per second over both address families. */
export const protocolSeries = [
  'tcpInSegs',
  'tcpOutSegs',
  'tcpRetransSegs',
  'tcpActiveOpens',
  'tcpPassiveOpens',
  'tcpAttemptFails',
  'tcpEstabResets',
  'tcpCurrEstab',
  'udpInDatagrams',
  'udpOutDatagrams',
  'udpInErrors',
] as const
export type ProtocolSeries = (typeof protocolSeries)[number]

export function protocolSample(before: StatisticsReport, after: StatisticsReport): Map<ProtocolSeries, number> {
  const spanMs = after.takenAt - before.takenAt
  return new Map(
    protocolSeries.flatMap((name) => {
      const value = name === 'tcpCurrEstab' ? sumOf(after, name) : counterRate(sumOf(before, name), sumOf(after, name), spanMs)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

/** Both families together; undefined when no group has it. */
function sumOf({ groups }: StatisticsReport, name: string): number | undefined {
  const values = groups.flatMap(({ counters, gauges }) => counters[name] ?? gauges[name] ?? [])
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}

export type TrafficSeries = `${'received' | 'sent'}:${string}`

/** Bytes per second by interface name. */
export function trafficSample(before: InterfacesReport, after: InterfacesReport): Map<TrafficSeries, number> {
  const spanMs = after.takenAt - before.takenAt
  const earlier = new Map(before.interfaces.map((each) => [each.name, each]))
  return new Map(
    after.interfaces.flatMap(({ name, counters }) => {
      const old = earlier.get(name)?.counters
      const received = counterRate(old?.receivedBytes, counters?.receivedBytes, spanMs)
      const sent = counterRate(old?.sentBytes, counters?.sentBytes, spanMs)
      return [
        ...(received === undefined ? [] : [[`received:${name}`, received] as const]),
        ...(sent === undefined ? [] : [[`sent:${name}`, sent] as const]),
      ]
    }),
  )
}

/** The one to show first: most bytes, loopback last. */
export function busiestInterface(interfaces: readonly NetworkInterface[]): string | undefined {
  const [first] = interfaces.toSorted(
    (left, right) => Number(left.loopback === true) - Number(right.loopback === true) || bytesOf(right) - bytesOf(left),
  )
  return first?.name
}

function bytesOf({ counters }: NetworkInterface): number {
  return counters === undefined ? 0 : counters.receivedBytes + counters.sentBytes
}
