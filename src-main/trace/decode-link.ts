/** Where the IP packet begins in a captured frame, by link type (the numbers of the LINKTYPE registry). Total. */

export interface LinkLayer {
  /** Bytes before the IP header. */
  readonly length: number
  /** Of the interface, where the link layer tells (LINUX_SLL2). */
  readonly interfaceIndex?: number
}

const linkTypes = { null: 0, ethernet: 1, rawOpenBsd: 14, raw: 101, loop: 108, linuxSll: 113, ipv4: 228, ipv6: 229, pktap: 258, sll2: 276 }
/** What libpcap gives for raw IP on systems whose own number differs from the registry's. */
const rawBsd = 12

const etherTypes = { ipv4: 0x0800, ipv6: 0x86dd, vlan: 0x8100, serviceVlan: 0x88a8, oldServiceVlan: 0x9100 }
/** Two tags are in use (802.1ad); a third is still read, more is nothing we could be meant by. */
const mostVlanTags = 3
/** Apple's header in front of every frame of the interface "pktap"; its first word is its length (bsd/net/pktap.h). */
const pktapSmallest = 12
const pktapLinkTypeAt = 8

export function isKnownLinkType(linkType: number): boolean {
  return linkType === rawBsd || Object.values(linkTypes).includes(linkType)
}

/** Undefined when the frame is cut too short or carries no IP. */
export function decodeLink(linkType: number, frame: Uint8Array): LinkLayer | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  switch (linkType) {
    case linkTypes.ethernet:
      return afterEtherType(view, 12)
    case linkTypes.linuxSll:
      return afterEtherType(view, 14)
    case linkTypes.sll2:
      return view.byteLength >= 20 && isIp(view.getUint16(0)) ? { length: 20, interfaceIndex: view.getUint32(4) } : undefined
    case linkTypes.null:
    case linkTypes.loop:
      return view.byteLength > 4 ? { length: 4 } : undefined
    case linkTypes.raw:
    case rawBsd:
    case linkTypes.rawOpenBsd:
    case linkTypes.ipv4:
    case linkTypes.ipv6:
      return { length: 0 }
    case linkTypes.pktap:
      return decodePktap(view, frame)
    default:
      return undefined
  }
}

function isIp(etherType: number): boolean {
  return etherType === etherTypes.ipv4 || etherType === etherTypes.ipv6
}

function isVlan(etherType: number): boolean {
  return etherType === etherTypes.vlan || etherType === etherTypes.serviceVlan || etherType === etherTypes.oldServiceVlan
}

function afterEtherType(view: DataView, typeAt: number): LinkLayer | undefined {
  let at = typeAt
  for (let tags = 0; tags <= mostVlanTags && at + 2 <= view.byteLength; tags += 1) {
    const etherType = view.getUint16(at)
    if (isIp(etherType)) return { length: at + 2 }
    if (!isVlan(etherType)) return undefined
    at += 4
  }
  return undefined
}

/** The words are in the order of the machine, which on every Mac is little-endian. */
function decodePktap(view: DataView, frame: Uint8Array): LinkLayer | undefined {
  if (view.byteLength < pktapSmallest) return undefined
  const length = view.getUint32(0, true)
  const inner = view.getUint32(pktapLinkTypeAt, true)
  if (length < pktapSmallest || length > frame.length || inner === linkTypes.pktap) return undefined
  const link = decodeLink(inner, frame.subarray(length))
  return link === undefined ? undefined : { length: length + link.length }
}
