/** One captured frame: which way it went in the conversation, what its headers say, and its headers without what they carry. */
import { addressText } from '../../src-shared/model/address.ts'
import type { Endpoint } from '../../src-shared/model/connection.ts'
import type { PcapRecord } from './pcap-stream.ts'
import { decodeIp, type IpLayer } from './decode-ip.ts'
import { decodeLink } from './decode-link.ts'
import { decodeTcp, type TcpLayer } from './decode-tcp.ts'
import type { KeptPacket } from './kept-packet.ts'

/** Addresses are written as rows write them: RFC 5952, IPv4-mapped ones as IPv4. */
export interface ConversationEnds {
  readonly local: Endpoint
  readonly remote: Endpoint
}

export interface DecodedPacket extends KeptPacket {
  readonly interfaceIndex?: number
  /** Identification of the IPv4 header. */
  readonly identification?: number
}

/** Undefined for a frame that is not of this conversation or that cannot be read. */
export function decodePacket(linkType: number, record: PcapRecord, ends: ConversationEnds): DecodedPacket | undefined {
  const link = decodeLink(linkType, record.bytes)
  if (link === undefined) return undefined
  const ip = decodeIp(record.bytes.subarray(link.length))
  if (ip === undefined) return undefined
  const before = link.length + ip.length
  const tcp = decodeTcp(record.bytes.subarray(before))
  if (tcp === undefined) return undefined
  const direction = directionOf(ip, tcp, ends)
  if (direction === undefined) return undefined
  const content = ip.contentLength ?? record.wireLength - before
  const decoded: DecodedPacket = {
    packet: { at: record.atMs, direction, ...tcp.facts, payloadBytes: Math.max(0, content - tcp.toldLength) },
    headers: new Uint8Array(record.bytes.subarray(0, before + tcp.length)),
    wireLength: record.wireLength,
  }
  const { interfaceIndex } = link
  const { identification } = ip
  return {
    ...decoded,
    ...(interfaceIndex !== undefined && { interfaceIndex }),
    ...(identification !== undefined && { identification }),
  }
}

function directionOf(ip: IpLayer, tcp: TcpLayer, { local, remote }: ConversationEnds): 'out' | 'in' | undefined {
  const source = addressText(ip.family, ...ip.source)
  const destination = addressText(ip.family, ...ip.destination)
  const goes = (from: Endpoint, to: Endpoint): boolean =>
    tcp.sourcePort === from.port && tcp.destinationPort === to.port && source === from.address && destination === to.address
  if (goes(local, remote)) return 'out'
  return goes(remote, local) ? 'in' : undefined
}
