import type { StatisticsGroup } from '../../src-shared/contract/network.ts'

export interface TcpCounters {
  readonly sentSegments?: number
  readonly retransmittedSegments?: number
}

/** From a report's groups, of which there is one per family on some systems. */
export function tcpCountersOf(groups: readonly StatisticsGroup[]): TcpCounters {
  const sentSegments = sumOf(groups, 'tcpOutSegs')
  const retransmittedSegments = sumOf(groups, 'tcpRetransSegs')
  return {
    ...(sentSegments === undefined ? {} : { sentSegments }),
    ...(retransmittedSegments === undefined ? {} : { retransmittedSegments }),
  }
}

function sumOf(groups: readonly StatisticsGroup[], counter: string): number | undefined {
  const values = groups.flatMap(({ id, counters }) => (id === 'tcp' ? (counters[counter] ?? []) : []))
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}
