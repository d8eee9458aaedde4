/** Frames and captures byte by byte, as tcpdump would write them. */

export interface TcpInput {
  readonly sourcePort?: number
  readonly destinationPort?: number
  readonly sequence?: number
  readonly acknowledgement?: number
  /** Bits of the flags byte. */
  readonly flags?: number
  readonly window?: number
  readonly options?: readonly number[]
  readonly payload?: string
}

export const tcpFlags = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ece: 64, cwr: 128 }

export function tcpBytes(input: TcpInput = {}): Uint8Array {
  const { options = [], payload = '' } = input
  const padded = [...options, ...Array.from({ length: (4 - (options.length % 4)) % 4 }, () => 0)]
  const bytes = new Uint8Array(20 + padded.length + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, input.sourcePort ?? 40_000)
  view.setUint16(2, input.destinationPort ?? 443)
  view.setUint32(4, input.sequence ?? 1)
  view.setUint32(8, input.acknowledgement ?? 0)
  view.setUint8(12, ((20 + padded.length) / 4) << 4)
  view.setUint8(13, input.flags ?? tcpFlags.ack)
  view.setUint16(14, input.window ?? 1000)
  bytes.set(padded, 20)
  bytes.set(Buffer.from(payload, 'latin1'), 20 + padded.length)
  return bytes
}

export interface Ipv4Input {
  readonly source?: readonly [number, number, number, number]
  readonly destination?: readonly [number, number, number, number]
  readonly options?: readonly number[]
  readonly identification?: number
  /** In units of eight bytes. */
  readonly fragmentOffset?: number
  readonly protocol?: number
  /** Instead of the real one. */
  readonly totalLength?: number
}

export function ipv4Bytes(content: Uint8Array, input: Ipv4Input = {}): Uint8Array {
  const { source = [192, 0, 2, 1], destination = [198, 51, 100, 7], options = [] } = input
  const header = 20 + options.length
  const bytes = new Uint8Array(header + content.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, 0x40 | (header / 4))
  view.setUint16(2, input.totalLength ?? bytes.length)
  view.setUint16(4, input.identification ?? 7)
  view.setUint16(6, input.fragmentOffset ?? 0)
  view.setUint8(9, input.protocol ?? 6)
  bytes.set(source, 12)
  bytes.set(destination, 16)
  bytes.set(options, 20)
  bytes.set(content, header)
  return bytes
}

export interface Ipv6Input {
  /** Last byte of 2001:db8::/32 addresses. */
  readonly source?: number
  readonly destination?: number
  /** Extension headers as they stand, each beginning with the number of the next one. */
  readonly extensions?: readonly number[]
  readonly firstHeader?: number
  readonly payloadLength?: number
}

export function ipv6Bytes(content: Uint8Array, input: Ipv6Input = {}): Uint8Array {
  const { extensions = [] } = input
  const bytes = new Uint8Array(40 + extensions.length + content.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, 0x60)
  view.setUint16(4, input.payloadLength ?? extensions.length + content.length)
  view.setUint8(6, input.firstHeader ?? 6)
  bytes.set([0x20, 0x01, 0x0d, 0xb8], 8)
  bytes[23] = input.source ?? 1
  bytes.set([0x20, 0x01, 0x0d, 0xb8], 24)
  bytes[39] = input.destination ?? 2
  bytes.set(extensions, 40)
  bytes.set(content, 40 + extensions.length)
  return bytes
}

export const linkTypes = { null: 0, ethernet: 1, raw: 101, loop: 108, linuxSll: 113, pktap: 258, sll2: 276 }

/** Link headers in front of an IP packet. */
export function linkBytes(linkType: number, packet: Uint8Array, { interfaceIndex = 1, vlan = 0 } = {}): Uint8Array {
  const etherType = (packet[0] ?? 0) >>> 4 === 6 ? [0x86, 0xdd] : [0x08, 0x00]
  const tags = Array.from({ length: vlan }, (_, index) => (index === 0 && vlan > 1 ? [0x88, 0xa8, 0, 5] : [0x81, 0, 0, 6])).flat()
  const headers: Readonly<Record<number, readonly number[]>> = {
    [linkTypes.ethernet]: [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, ...tags, ...etherType],
    [linkTypes.linuxSll]: [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, ...etherType],
    [linkTypes.sll2]: [...etherType, 0, 0, 0, 0, 0, interfaceIndex, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0],
    [linkTypes.null]: [2, 0, 0, 0],
    [linkTypes.loop]: [0, 0, 0, 2],
    [linkTypes.raw]: [],
    [linkTypes.pktap]: [
      40,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      ...Array.from({ length: 28 }, () => 0),
      2,
      0,
      0,
      0,
      0,
      1,
      2,
      0,
      0,
      0,
      0,
      2,
      ...etherType,
    ],
  }
  return Uint8Array.from([...(headers[linkType] ?? []), ...packet])
}

export interface CaptureRecord {
  readonly bytes: Uint8Array
  readonly seconds?: number
  /** Micro- or nanoseconds. */
  readonly fraction?: number
  /** Bytes on the wire, where more than those captured. */
  readonly wireLength?: number
}

export function pcapBytes(
  linkType: number,
  records: readonly CaptureRecord[],
  { littleEndian = true, nanoseconds = false } = {},
): Uint8Array {
  const header = new Uint8Array(24)
  const view = new DataView(header.buffer)
  view.setUint32(0, nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, littleEndian)
  view.setUint16(4, 2, littleEndian)
  view.setUint16(6, 4, littleEndian)
  view.setUint32(16, 160, littleEndian)
  view.setUint32(20, linkType, littleEndian)
  const parts = records.map(({ bytes, seconds = 1_795_161_600, fraction = 0, wireLength = bytes.length }) => {
    const record = new Uint8Array(16 + bytes.length)
    const words = new DataView(record.buffer)
    words.setUint32(0, seconds, littleEndian)
    words.setUint32(4, fraction, littleEndian)
    words.setUint32(8, bytes.length, littleEndian)
    words.setUint32(12, wireLength, littleEndian)
    record.set(bytes, 16)
    return record
  })
  return Uint8Array.from(Buffer.concat([header, ...parts]))
}
