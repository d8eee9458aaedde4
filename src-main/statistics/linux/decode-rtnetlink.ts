/** Bodies of rtnetlink messages (linux/rtnetlink.h, if_link.h, if_addr.h). Pure and total: undefined for what makes no sense. */
import type { AddressFamily, InterfaceCounters, NextHop, Route, RouteType } from '../../../src-shared/contract/network.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import type { AddressOfLink, Link } from '../with-addresses.ts'
import { addressBytes, addressOfBytes, hardwareAddressText, unspecified } from '../address-of-bytes.ts'
import { readAttributes, uint16, uint32, uint64 } from './rtnetlink-message.ts'

const AF_INET = 2
const AF_INET6 = 10
const IFF_UP = 0x1
const IFF_LOOPBACK = 0x8
const IFF_RUNNING = 0x40
const IFLA = { address: 1, name: 3, mtu: 4, stats64: 23 }
const IFA = { address: 1, local: 2 }
const RTA = { destination: 1, outInterface: 4, gateway: 5, priority: 6, preferredSource: 7, multipath: 9, table: 15, via: 18 }
/** A route the kernel made from another one for a single destination; `ip route` does not list them either. */
const RTM_F_CLONED = 0x200
const linkBodyBytes = 16
const addressBodyBytes = 8
const routeBodyBytes = 12
const hopHeaderBytes = 8
/** rtnl_link_stats64 up to collisions. */
const statsBytes = 80

/** rtm_type; what has no word of ours is "other". */
const routeTypes: readonly RouteType[] = [
  'other',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
]
/** Names of rtm_protocol as iproute2 ships them; others are told by their number. */
const origins: Readonly<Record<number, string>> = {
  1: 'redirect',
  2: 'kernel',
  3: 'boot',
  4: 'static',
  8: 'gated',
  9: 'ra',
  11: 'zebra',
  12: 'bird',
  15: 'ntk',
  16: 'dhcp',
  18: 'keepalived',
  42: 'babel',
  186: 'bgp',
  187: 'isis',
  188: 'ospf',
  189: 'rip',
  192: 'eigrp',
}

export function decodeLink(body: Uint8Array): Link | undefined {
  const attributes = body.length < linkBodyBytes ? undefined : readAttributes(body, linkBodyBytes)
  const nameBytes = attributes?.get(IFLA.name)
  const index = uint32(body, 4)
  if (attributes === undefined || nameBytes === undefined || index === undefined) return undefined
  const flags = uint32(body, 8) ?? 0
  return withoutUndefined<Link>({
    index,
    name: zeroTerminated(nameBytes),
    up: (flags & IFF_UP) !== 0,
    running: (flags & IFF_RUNNING) !== 0,
    loopback: (flags & IFF_LOOPBACK) !== 0,
    mtuBytes: uint32(attributes.get(IFLA.mtu)),
    hardwareAddress: hardwareAddressText(attributes.get(IFLA.address) ?? new Uint8Array()),
    addresses: [],
    counters: counters(attributes.get(IFLA.stats64)),
  })
}

export function decodeAddress(body: Uint8Array): AddressOfLink | undefined {
  const attributes = body.length < addressBodyBytes ? undefined : readAttributes(body, addressBodyBytes)
  const family = familyOf(body[0])
  const index = uint32(body, 4)
  if (attributes === undefined || family === undefined || index === undefined) return undefined
  // On a point-to-point link IFA_ADDRESS is the peer's.
  const bytes = attributes.get(IFA.local) ?? attributes.get(IFA.address)
  const address = addressText(bytes, family)
  return address === undefined ? undefined : { index, address: { family, address, prefixLength: body[1] ?? 0 } }
}

/** `undefined`: makes no sense; 'cloned' and families other than IP are none of ours. */
export function decodeRoute(body: Uint8Array, interfaceName: (index: number) => string | undefined): Route | 'not-ours' | undefined {
  if (body.length < routeBodyBytes) return undefined
  const family = familyOf(body[0])
  if (family === undefined || ((uint32(body, 8) ?? 0) & RTM_F_CLONED) !== 0) return 'not-ours'
  const attributes = readAttributes(body, routeBodyBytes)
  const prefixLength = body[1] ?? 0
  if (attributes === undefined || prefixLength > addressBytes(family) * 8) return undefined
  const outInterface = uint32(attributes.get(RTA.outInterface))
  const hops = attributes.get(RTA.multipath)
  return withoutUndefined<Route>({
    family,
    destination: addressText(attributes.get(RTA.destination), family) ?? unspecified(family),
    prefixLength,
    type: routeTypes[body[7] ?? 0] ?? 'other',
    gateway: gatewayOf(attributes, family),
    interface: outInterface === undefined ? undefined : interfaceName(outInterface),
    metric: uint32(attributes.get(RTA.priority)),
    preferredSource: addressText(attributes.get(RTA.preferredSource), family),
    origin: originOf(body[5] ?? 0),
    table: uint32(attributes.get(RTA.table)) ?? body[4] ?? 0,
    nextHops: hops === undefined ? undefined : nextHops(hops, family, interfaceName),
  })
}

function counters(stats: Uint8Array | undefined): InterfaceCounters | undefined {
  if (stats === undefined || stats.length < statsBytes) return undefined
  return {
    receivedBytes: uint64(stats, 16),
    sentBytes: uint64(stats, 24),
    receivedPackets: uint64(stats, 0),
    sentPackets: uint64(stats, 8),
    receiveErrors: uint64(stats, 32),
    sendErrors: uint64(stats, 40),
    receiveDropped: uint64(stats, 48),
    sendDropped: uint64(stats, 56),
    collisions: uint64(stats, 72),
  }
}

function nextHops(bytes: Uint8Array, family: AddressFamily, interfaceName: (index: number) => string | undefined): NextHop[] {
  const hops: NextHop[] = []
  for (let at = 0; at + hopHeaderBytes <= bytes.length;) {
    const length = uint16(bytes, at)
    if (length < hopHeaderBytes || at + length > bytes.length) break
    const attributes = readAttributes(bytes.subarray(at, at + length), hopHeaderBytes)
    hops.push(
      withoutUndefined<NextHop>({
        gateway: attributes === undefined ? undefined : gatewayOf(attributes, family),
        interface: interfaceName(uint32(bytes, at + 4) ?? 0),
        weight: (bytes[at + 3] ?? 0) + 1,
      }),
    )
    at += (length + 3) & ~3
  }
  return hops
}

/** RTA_VIA carries a gateway of the other family: its number, then the address. */
function gatewayOf(attributes: ReadonlyMap<number, Uint8Array>, family: AddressFamily): string | undefined {
  const via = attributes.get(RTA.via)
  const viaFamily = via === undefined || via.length < 2 ? undefined : familyOf(uint16(via, 0))
  if (via !== undefined && viaFamily !== undefined) return addressText(via.subarray(2), viaFamily)
  return addressText(attributes.get(RTA.gateway), family)
}

function addressText(bytes: Uint8Array | undefined, family: AddressFamily): string | undefined {
  return bytes === undefined || bytes.length < addressBytes(family) ? undefined : addressOfBytes(bytes, 0, family)
}

function familyOf(number: number | undefined): AddressFamily | undefined {
  if (number === AF_INET) return 'ipv4'
  return number === AF_INET6 ? 'ipv6' : undefined
}

function originOf(protocol: number): string | undefined {
  return protocol === 0 ? undefined : (origins[protocol] ?? String(protocol))
}

function zeroTerminated(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}
