/** Names of counters: RFC 1213, 4022 and 4113 where these have one. */
import type { AddressFamily, StatisticsGroup, StatisticsGroupId } from '../../src-shared/contract/network.ts'

/** Current values and settings among the standard fields; all others only grow. */
const gauges = new Set([
  'ipForwarding',
  'ipDefaultTTL',
  'ipReasmTimeout',
  'tcpRtoAlgorithm',
  'tcpRtoMin',
  'tcpRtoMax',
  'tcpMaxConn',
  'tcpCurrEstab',
])
const prefixes: Partial<Record<StatisticsGroupId, string>> = { ip: 'ip', icmp: 'icmp', tcp: 'tcp', udp: 'udp', udpLite: 'udpLite' }
/** The IPv6 MIB named one field anew that RFC 1213 already had. */
const standardNames: Readonly<Record<string, string>> = { ipOutForwDatagrams: 'ipForwDatagrams' }

/** A group from a kernel's fields, named without prefix (`InSegs`), in their order. */
export function statisticsGroup(
  id: StatisticsGroupId,
  family: AddressFamily | undefined,
  fields: Iterable<readonly [name: string, value: number]>,
): StatisticsGroup {
  const counters: Record<string, number> = {}
  const current: Record<string, number> = {}
  for (const [name, value] of fields) {
    const prefixed = `${prefixes[id] ?? ''}${name}`
    const key = standardNames[prefixed] ?? prefixed
    if (gauges.has(key)) current[key] = value
    else counters[key] = value
  }
  return family === undefined ? { id, counters, gauges: current } : { id, family, counters, gauges: current }
}
