/** MIB_TCPSTATS, MIB_UDPSTATS, MIB_IPSTATS, MIB_ICMP_EX (tcpmib.h, udpmib.h, ipmib.h). Pure; offsets are the same on x64 and arm64. */
import type { AddressFamily, StatisticsGroup } from '../../../src-shared/contract/network.ts'
import { statisticsGroup } from '../statistics-key.ts'

type Field = readonly [name: string, offset: number, bytes?: 8]

export interface StatisticsLayout {
  readonly id: 'ip' | 'icmp' | 'tcp' | 'udp'
  readonly bytes: number
  readonly fields: readonly Field[]
}

const tcpHead: readonly Field[] = [
  ['RtoAlgorithm', 0],
  ['RtoMin', 4],
  ['RtoMax', 8],
  ['MaxConn', 12],
  ['ActiveOpens', 16],
  ['PassiveOpens', 20],
  ['AttemptFails', 24],
  ['EstabResets', 28],
  ['CurrEstab', 32],
]

export const MIB_TCPSTATS: StatisticsLayout = {
  id: 'tcp',
  bytes: 60,
  fields: [...tcpHead, ['InSegs', 36], ['OutSegs', 40], ['RetransSegs', 44], ['InErrs', 48], ['OutRsts', 52]],
}

export const MIB_TCPSTATS2: StatisticsLayout = {
  id: 'tcp',
  bytes: 72,
  fields: [...tcpHead, ['InSegs', 40, 8], ['OutSegs', 48, 8], ['RetransSegs', 56], ['InErrs', 60], ['OutRsts', 64]],
}

export const MIB_UDPSTATS: StatisticsLayout = {
  id: 'udp',
  bytes: 20,
  fields: [
    ['InDatagrams', 0],
    ['NoPorts', 4],
    ['InErrors', 8],
    ['OutDatagrams', 12],
  ],
}

export const MIB_UDPSTATS2: StatisticsLayout = {
  id: 'udp',
  bytes: 32,
  fields: [
    ['InDatagrams', 0, 8],
    ['NoPorts', 8],
    ['InErrors', 12],
    ['OutDatagrams', 16, 8],
  ],
}

export const MIB_IPSTATS: StatisticsLayout = {
  id: 'ip',
  bytes: 92,
  fields: [
    ['Forwarding', 0],
    ['DefaultTTL', 4],
    ['InReceives', 8],
    ['InHdrErrors', 12],
    ['InAddrErrors', 16],
    ['ForwDatagrams', 20],
    ['InUnknownProtos', 24],
    ['InDiscards', 28],
    ['InDelivers', 32],
    ['OutRequests', 36],
    ['RoutingDiscards', 40],
    ['OutDiscards', 44],
    ['OutNoRoutes', 48],
    ['ReasmTimeout', 52],
    ['ReasmReqds', 56],
    ['ReasmOKs', 60],
    ['ReasmFails', 64],
    ['FragOKs', 68],
    ['FragFails', 72],
    ['FragCreates', 76],
  ],
}

/** Two MIBICMPSTATS_EX: messages, errors, and a count for each of 256 types. */
export const MIB_ICMP_EX: StatisticsLayout = {
  id: 'icmp',
  bytes: 2064,
  fields: [
    ['InMsgs', 0],
    ['InErrors', 4],
    ['OutMsgs', 1032],
    ['OutErrors', 1036],
  ],
}

/** RFC 4022: a limit that is not fixed is -1. */
const noLimit = 0xffffffff

/** Undefined when there are fewer bytes than the structure has. */
export function decodeStatistics(bytes: Uint8Array, layout: StatisticsLayout, family: AddressFamily): StatisticsGroup | undefined {
  if (bytes.length < layout.bytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const valueOf = ([name, offset, size]: Field): number => {
    if (size === 8) return Number(view.getBigUint64(offset, true))
    const value = view.getUint32(offset, true)
    return name === 'MaxConn' && value === noLimit ? -1 : value
  }
  return statisticsGroup(
    layout.id,
    family,
    layout.fields.map((field) => [field[0], valueOf(field)]),
  )
}
