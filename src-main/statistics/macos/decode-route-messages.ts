/**
 * Answers of sysctl NET_RT_IFLIST2 and NET_RT_DUMP2 (xnu bsd/net/if.h, if_var.h, route.h; route(4)): messages behind one another, each
 * a header and socket addresses. Pure and total.
 */
import type { AddressFamily, InterfaceAddress, NetworkInterface, Route } from '../../../src-shared/contract/network.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import { withAddresses, type AddressOfLink, type Link } from '../with-addresses.ts'
import { addressBytes, addressOfBytes, hardwareAddressText, unspecified } from '../address-of-bytes.ts'

const RTM_NEWADDR = 0xc
const RTM_IFINFO2 = 0x12
const RTM_GET2 = 0x14
const RTM_VERSION = 5
/** if_msghdr2 with its if_data64, ifa_msghdr, rt_msghdr2. */
const interfaceHeaderBytes = 160
const addressHeaderBytes = 20
const routeHeaderBytes = 92
const RTA = { destination: 0, gateway: 1, netmask: 2, interface: 4, address: 5 }
const addressKinds = 8
const AF_INET = 2
const AF_LINK = 18
const AF_INET6 = 30
const IFF_UP = 0x1
const IFF_LOOPBACK = 0x8
const IFF_RUNNING = 0x40
const RTF = {
  up: 0x1,
  gateway: 0x2,
  reject: 0x8,
  static: 0x800,
  blackhole: 0x1000,
  cloned: 0x20000,
  local: 0x200000,
  broadcast: 0x400000,
  multicast: 0x800000,
}

export interface MacosInterfaces {
  readonly interfaces: readonly NetworkInterface[]
  readonly malformed: number
}

export function decodeInterfaceList(bytes: Uint8Array): MacosInterfaces {
  const links: Link[] = []
  const addresses: AddressOfLink[] = []
  const malformed = forEachMessage(bytes, (type, message, view) => {
    if (type === RTM_IFINFO2) {
      const link = decodeInterface(message, view)
      if (link !== undefined) links.push(link)
      return link !== undefined
    }
    if (type !== RTM_NEWADDR) return true
    const told = decodeAddress(message, view)
    if (told === undefined) return false
    if (told.address !== undefined) addresses.push({ index: told.index, address: told.address })
    return true
  })
  return { interfaces: withAddresses(links, addresses), malformed }
}

/** Routes that the kernel made from others for one destination (cloned) are left out, as `netstat -r` does. */
export function decodeRouteList(
  bytes: Uint8Array,
  interfaceName: (index: number) => string | undefined,
): { readonly routes: readonly Route[]; readonly malformed: number } {
  const routes: Route[] = []
  const malformed = forEachMessage(bytes, (type, message, view) => {
    if (type !== RTM_GET2) return true
    if (message.length < routeHeaderBytes) return false
    const flags = view.getUint32(8, true)
    const sockets = socketAddresses(message, routeHeaderBytes, view.getUint32(12, true))
    const destination = sockets && ipAddress(sockets[RTA.destination])
    if (destination === undefined) return false
    if ((flags & RTF.up) === 0 || (flags & RTF.cloned) !== 0) return true
    routes.push(routeOf(destination, flags, sockets ?? [], interfaceName(view.getUint16(4, true))))
    return true
  })
  return { routes, malformed }
}

function decodeInterface(message: Uint8Array, view: DataView): Link | undefined {
  if (message.length < interfaceHeaderBytes) return undefined
  const link = socketAddresses(message, interfaceHeaderBytes, view.getUint32(4, true))?.[RTA.interface]
  if (link === undefined || link[1] !== AF_LINK || link.length < 8) return undefined
  const nameBytes = link[5] ?? 0
  const hardwareBytes = link[6] ?? 0
  if (nameBytes === 0 || 8 + nameBytes + hardwareBytes > link.length) return undefined
  const flags = view.getUint32(8, true)
  const count = (offset: number): number => Number(view.getBigUint64(offset, true))
  const speed = count(48)
  return withoutUndefined<Link>({
    index: view.getUint16(12, true),
    name: new TextDecoder().decode(link.subarray(8, 8 + nameBytes)),
    up: (flags & IFF_UP) !== 0,
    running: (flags & IFF_RUNNING) !== 0,
    loopback: (flags & IFF_LOOPBACK) !== 0,
    mtuBytes: view.getUint32(40, true),
    linkSpeedBitsPerSecond: speed === 0 ? undefined : speed,
    hardwareAddress: hardwareAddressText(link.subarray(8 + nameBytes, 8 + nameBytes + hardwareBytes)),
    addresses: [],
    counters: {
      receivedBytes: count(96),
      sentBytes: count(104),
      receivedPackets: count(56),
      sentPackets: count(72),
      receiveErrors: count(64),
      sendErrors: count(80),
      receiveDropped: count(128),
      collisions: count(88),
    },
  })
}

/** `address` is absent for families other than IP. */
function decodeAddress(message: Uint8Array, view: DataView): { readonly index: number; readonly address?: InterfaceAddress } | undefined {
  if (message.length < addressHeaderBytes) return undefined
  const index = view.getUint16(12, true)
  const sockets = socketAddresses(message, addressHeaderBytes, view.getUint32(4, true))
  if (sockets === undefined) return undefined
  const told = ipAddress(sockets[RTA.address])
  if (told === undefined) return { index }
  return { index, address: { ...told, prefixLength: prefixLength(sockets[RTA.netmask], told.family) } }
}

function routeOf(
  destination: { family: AddressFamily; address: string },
  flags: number,
  sockets: readonly (Uint8Array | undefined)[],
  name: string | undefined,
): Route {
  const { family, address } = destination
  const gateway = (flags & RTF.gateway) === 0 ? undefined : ipAddress(sockets[RTA.gateway])
  const netmask = sockets[RTA.netmask]
  const isDefault = address === unspecified(family) && netmask !== undefined
  return withoutUndefined<Route>({
    family,
    destination: address,
    // Without a mask it is a route to one host.
    prefixLength: netmask === undefined ? addressBytes(family) * 8 : isDefault && netmask.length <= 2 ? 0 : prefixLength(netmask, family),
    type: routeType(flags),
    gateway: gateway?.address,
    interface: name,
    origin: (flags & RTF.static) === 0 ? undefined : 'static',
  })
}

function routeType(flags: number): Route['type'] {
  if ((flags & RTF.blackhole) !== 0) return 'blackhole'
  if ((flags & RTF.reject) !== 0) return 'unreachable'
  if ((flags & RTF.broadcast) !== 0) return 'broadcast'
  if ((flags & RTF.multicast) !== 0) return 'multicast'
  return (flags & RTF.local) === 0 ? 'unicast' : 'local'
}

/** Calls `take` for each message of our version; answers how many made no sense. A length that makes none ends the reading. */
function forEachMessage(bytes: Uint8Array, take: (type: number, message: Uint8Array, view: DataView) => boolean): number {
  let malformed = 0
  let at = 0
  while (at + 4 <= bytes.length) {
    const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
    if (length < 4 || at + length > bytes.length) return malformed + 1
    const message = bytes.subarray(at, at + length)
    const view = new DataView(message.buffer, message.byteOffset, message.length)
    if (message[2] !== RTM_VERSION || !take(message[3] ?? 0, message, view)) malformed += 1
    at += length
  }
  return at < bytes.length ? malformed + 1 : malformed
}

/** Socket addresses by the bits of `present`; each is as long as its first byte says, rounded up to four. Undefined when one is cut. */
function socketAddresses(message: Uint8Array, offset: number, present: number): (Uint8Array | undefined)[] | undefined {
  const found: (Uint8Array | undefined)[] = []
  let at = offset
  for (let kind = 0; kind < addressKinds; kind += 1) {
    if ((present & (1 << kind)) === 0) {
      found.push(undefined)
      continue
    }
    if (at >= message.length) return undefined
    const length = message[at] ?? 0
    if (at + length > message.length) return undefined
    found.push(message.subarray(at, at + length))
    at += length === 0 ? 4 : (length + 3) & ~3
  }
  return found
}

function ipAddress(socket: Uint8Array | undefined): { readonly family: AddressFamily; readonly address: string } | undefined {
  if (socket === undefined || socket.length < 2) return undefined
  if (socket[1] === AF_INET) return { family: 'ipv4', address: addressOfBytes(socket, 4, 'ipv4') }
  if (socket[1] !== AF_INET6 || socket.length < 24) return undefined
  return { family: 'ipv6', address: addressOfBytes(withoutEmbeddedScope(socket), 8, 'ipv6') }
}

/** The kernel keeps the interface of a link-local address in its third and fourth byte (KAME); it is no part of the address. */
function withoutEmbeddedScope(socket: Uint8Array): Uint8Array {
  const linkLocal = socket[8] === 0xfe && ((socket[9] ?? 0) & 0xc0) === 0x80
  const linkLocalGroup = socket[8] === 0xff && ((socket[9] ?? 0) & 0x0f) <= 2
  if (!linkLocal && !linkLocalGroup) return socket
  const copy = Uint8Array.from(socket)
  copy.fill(0, 10, 12)
  return copy
}

/** Masks are cut after their last byte that is not zero, and their family may be missing: counted from the place of the address. */
function prefixLength(netmask: Uint8Array | undefined, family: AddressFamily): number {
  if (netmask === undefined) return addressBytes(family) * 8
  const start = family === 'ipv6' ? 8 : 4
  let bits = 0
  for (const byte of netmask.subarray(start, start + addressBytes(family))) {
    for (let rest = byte; rest !== 0; rest &= rest - 1) bits += 1
  }
  return bits
}
