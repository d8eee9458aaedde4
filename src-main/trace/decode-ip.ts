/** The header of an IPv4 (RFC 791) or IPv6 (RFC 8200) packet with its options or extension headers. Total. */

export interface IpLayer {
  readonly family: 4 | 6
  /** Addresses as four 32-bit words in network order, IPv4 as ::ffff:a.b.c.d. */
  readonly source: readonly [number, number, number, number]
  readonly destination: readonly [number, number, number, number]
  /** Bytes of all IP headers. */
  readonly length: number
  /** Bytes after the IP headers, as the packet says; undefined where it leaves that open (a packet of more than 64 KiB). */
  readonly contentLength: number | undefined
  /** Identification of IPv4; the system counts it up for every packet of a connection. */
  readonly identification?: number
}

const protocolTcp = 6
const smallestIpv4 = 20
const ipv6Header = 40
const mappedPrefix = 0xffff
const extensions = { hopByHop: 0, routing: 43, fragment: 44, authentication: 51, destination: 60, mobility: 135, hip: 139, shim6: 140 }
/** More in a row is an attack on decoders, not a packet of a conversation. */
const mostExtensions = 8

/** Undefined when it is cut short, is no IP, carries no TCP, or is a later fragment, which has no TCP header. */
export function decodeIp(packet: Uint8Array): IpLayer | undefined {
  const version = (packet[0] ?? 0) >>> 4
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  if (version === 4) return decodeIpv4(view)
  return version === 6 ? decodeIpv6(view) : undefined
}

function decodeIpv4(view: DataView): IpLayer | undefined {
  if (view.byteLength < smallestIpv4) return undefined
  const length = (view.getUint8(0) & 15) * 4
  const fragmentOffset = view.getUint16(6) & 0x1fff
  if (length < smallestIpv4 || length > view.byteLength || fragmentOffset !== 0 || view.getUint8(9) !== protocolTcp) return undefined
  const total = view.getUint16(2)
  if (total !== 0 && total < length) return undefined
  return {
    family: 4,
    source: [0, 0, mappedPrefix, view.getUint32(12)],
    destination: [0, 0, mappedPrefix, view.getUint32(16)],
    length,
    // 0: segmentation offload makes packets whose length does not fit; the capture's own count is then right.
    contentLength: total === 0 ? undefined : total - length,
    identification: view.getUint16(4),
  }
}

function decodeIpv6(view: DataView): IpLayer | undefined {
  if (view.byteLength < ipv6Header) return undefined
  const length = afterExtensions(view)
  if (length === undefined) return undefined
  const payload = view.getUint16(4)
  if (payload !== 0 && payload < length - ipv6Header) return undefined
  return {
    family: 6,
    source: wordsAt(view, 8),
    destination: wordsAt(view, 24),
    length,
    contentLength: payload === 0 ? undefined : payload - (length - ipv6Header),
  }
}

/** Where TCP begins behind the extension headers. */
function afterExtensions(view: DataView): number | undefined {
  let next = view.getUint8(6)
  let at = ipv6Header
  for (let count = 0; next !== protocolTcp; count += 1) {
    if (count === mostExtensions || at + 8 > view.byteLength) return undefined
    const words = view.getUint8(at + 1)
    if (next === extensions.fragment) {
      if (view.getUint16(at + 2) >>> 3 !== 0) return undefined
      next = view.getUint8(at)
      at += 8
      continue
    }
    const size = extensionBytes(next, words)
    if (size === undefined) return undefined
    next = view.getUint8(at)
    at += size
  }
  return at <= view.byteLength ? at : undefined
}

/** The authentication header counts in words of four bytes minus two, the others in eight bytes beyond the first eight. */
function extensionBytes(kind: number, words: number): number | undefined {
  if (kind === extensions.authentication) return (words + 2) * 4
  return Object.values(extensions).includes(kind) ? (words + 1) * 8 : undefined
}

function wordsAt(view: DataView, at: number): readonly [number, number, number, number] {
  return [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8), view.getUint32(at + 12)]
}
