/**
 * struct tcpstat, udpstat and ipstat of xnu (bsd/netinet/tcp_var.h, udp_var.h, ip_var.h): 32-bit counters in a row. Fields are only
 * ever added at the end, so the ones at the beginning are where they have always been. Pure.
 */
import type { StatisticsGroup } from '../../../src-shared/contract/network.ts'
import { statisticsGroup } from '../statistics-key.ts'

type Read = (index: number) => number
type Field = readonly [name: string, value: (at: Read) => number]

export interface MacosStatistics {
  readonly id: 'ip' | 'tcp' | 'udp'
  /** macOS counts IPv4 and IPv6 of TCP and UDP together. */
  readonly family?: 'ipv4'
  /** sysctl */
  readonly name: string
  /** Counters that have to be there. */
  readonly words: number
  readonly fields: readonly Field[]
}

export const macosStatistics: readonly MacosStatistics[] = [
  {
    id: 'ip',
    family: 'ipv4',
    name: 'net.inet.ip.stats',
    words: 24,
    fields: [
      ['InReceives', (at) => at(0)],
      ['InHdrErrors', (at) => at(1) + at(2) + at(3) + at(4) + at(5)], // bad checksum, too short, too small, bad header length, bad length
      ['ReasmReqds', (at) => at(6)],
      ['ReasmFails', (at) => at(7) + at(8)], // dropped, timed out
      ['ForwDatagrams', (at) => at(9)],
      ['InUnknownProtos', (at) => at(13)],
      ['InDelivers', (at) => at(14)],
      ['OutRequests', (at) => at(15)],
      ['OutDiscards', (at) => at(16)],
      ['ReasmOKs', (at) => at(17)],
      ['FragOKs', (at) => at(18)],
      ['FragCreates', (at) => at(19)],
      ['FragFails', (at) => at(20)],
      ['OutNoRoutes', (at) => at(22)],
    ],
  },
  {
    id: 'tcp',
    name: 'net.inet.tcp.stats',
    words: 61,
    fields: [
      ['ActiveOpens', (at) => at(0)],
      ['PassiveOpens', (at) => at(1)],
      ['AttemptFails', (at) => at(4)],
      ['InSegs', (at) => at(25)],
      // RFC 4022 leaves out segments that only repeat. The counters wrap at 32 bits, each on its own.
      ['OutSegs', (at) => (at(15) - at(18)) >>> 0],
      ['RetransSegs', (at) => at(18)],
      ['InErrs', (at) => at(28) + at(29) + at(31)], // bad checksum, bad offset, too short
      ['RetransmitTimeouts', (at) => at(10)],
      ['KeepaliveProbes', (at) => at(13)],
      ['KeepaliveDrops', (at) => at(14)],
      ['ListenDrops', (at) => at(60)],
    ],
  },
  {
    id: 'udp',
    name: 'net.inet.udp.stats',
    words: 10,
    fields: [
      ['InDatagrams', (at) => at(0)],
      ['NoPorts', (at) => at(4)],
      ['InErrors', (at) => at(1) + at(2) + at(3) + at(6)], // short header, bad checksum, bad length, full socket
      ['OutDatagrams', (at) => at(9)],
    ],
  },
]

/**
 * Undefined when there are fewer bytes than the fields need, and when every counter is zero: the kernel can be set to answer so to
 * everyone but root (net.inet.tcp.disable_access_to_stats).
 */
export function decodeMacosStatistics(bytes: Uint8Array, { id, family, words, fields }: MacosStatistics): StatisticsGroup | undefined {
  if (bytes.length < words * 4 || bytes.every((byte) => byte === 0)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const at: Read = (index) => view.getUint32(index * 4, true)
  return statisticsGroup(
    id,
    family,
    fields.map(([name, value]) => [name, value(at)]),
  )
}
