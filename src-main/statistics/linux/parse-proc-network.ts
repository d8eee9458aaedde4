/** /proc/net/dev, route and ipv6_route: what stays when rtnetlink is refused. Pure and total. */
import type { NetworkInterface, Route } from '../../../src-shared/contract/network.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import { addressOfBytes, unspecified } from '../address-of-bytes.ts'

export interface Parsed<Item> {
  readonly items: readonly Item[]
  readonly malformed: number
}

const devFields = 16
const flagUp = 0x1
const flagReject = 0x200
/** RTF_CACHE and RTF_ADDRCONF are no types of their own; RTF_LOCAL (0x80000000) is. */
const flagLocal = 0x80000000

/** "eth0: bytes packets errs drop fifo frame compressed multicast | bytes packets errs drop fifo colls carrier compressed" */
export function parseProcNetDev(text: string): Parsed<NetworkInterface> {
  return parseLines(text, 2, (line) => {
    const colon = line.lastIndexOf(':') // an alias may have one in its name
    const name = line.slice(0, Math.max(colon, 0)).trim()
    const words = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/u)
    const value = words.map((word) => (/^\d{1,20}$/u.test(word) ? Number(word) : Number.NaN))
    if (name === '' || value.length < devFields || value.some(Number.isNaN)) return undefined
    const at = (index: number): number => value[index] ?? 0
    return {
      name,
      addresses: [],
      counters: {
        receivedBytes: at(0),
        sentBytes: at(8),
        receivedPackets: at(1),
        sentPackets: at(9),
        receiveErrors: at(2),
        sendErrors: at(10),
        receiveDropped: at(3),
        sendDropped: at(11),
        collisions: at(13),
      },
    }
  })
}

/** "Iface Destination Gateway Flags RefCnt Use Metric Mask …": addresses are words in the machine's (little-endian) order. */
export function parseProcNetRoute(text: string): Parsed<Route> {
  return parseLines(text, 1, (line) => {
    const [name = '', destination = '', gateway = '', flagText = '', , , metric = '', mask = ''] = line.trim().split(/\s+/u)
    if (![destination, gateway, mask].every((word) => /^[0-9A-F]{8}$/iu.test(word)) || !/^\d{1,10}$/u.test(metric)) return undefined
    const flags = Number.parseInt(flagText, 16)
    if (Number.isNaN(flags) || (flags & flagUp) === 0) return undefined
    const rejected = (flags & flagReject) !== 0
    return withoutUndefined<Route>({
      family: 'ipv4',
      destination: addressOfBytes(hexBytes(destination).toReversed(), 0, 'ipv4'),
      prefixLength: bitCount(hexBytes(mask)),
      type: rejected ? 'unreachable' : 'unicast',
      gateway: knownGateway(addressOfBytes(hexBytes(gateway).toReversed(), 0, 'ipv4'), 'ipv4'),
      interface: name === '*' ? undefined : name,
      metric: metric === '0' ? undefined : Number(metric),
    })
  })
}

/** "destination prefix source prefix gateway metric refcount use flags interface", all hexadecimal, addresses in network order. */
export function parseProcIpv6Route(text: string): Parsed<Route> {
  return parseLines(text, 0, (line) => {
    const [destination = '', prefix = '', , , gateway = '', metric = '', , , flagText = '', name] = line.trim().split(/\s+/u)
    if (![destination, gateway].every((word) => /^[0-9a-f]{32}$/iu.test(word))) return undefined
    const [prefixLength, metricValue, flags] = [prefix, metric, flagText].map((word) =>
      /^[0-9a-f]{1,8}$/iu.test(word) ? Number.parseInt(word, 16) : Number.NaN,
    )
    if (prefixLength === undefined || !(prefixLength <= 128) || Number.isNaN(metricValue) || Number.isNaN(flags)) return undefined
    return withoutUndefined<Route>({
      family: 'ipv6',
      destination: addressOfBytes(hexBytes(destination), 0, 'ipv6'),
      prefixLength,
      type: ipv6Type(flags ?? 0, destination),
      gateway: knownGateway(addressOfBytes(hexBytes(gateway), 0, 'ipv6'), 'ipv6'),
      interface: name,
      metric: metricValue,
    })
  })
}

function ipv6Type(flags: number, destination: string): Route['type'] {
  if ((flags & flagReject) !== 0) return 'unreachable'
  if ((flags & flagLocal) !== 0) return 'local'
  return destination.startsWith('ff') ? 'multicast' : 'unicast'
}

function knownGateway(gateway: string, family: 'ipv4' | 'ipv6'): string | undefined {
  return gateway === unspecified(family) ? undefined : gateway
}

function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16))
}

function bitCount(bytes: Uint8Array): number {
  let bits = 0
  for (const byte of bytes) for (let rest = byte; rest !== 0; rest &= rest - 1) bits += 1
  return bits
}

function parseLines<Item>(text: string, headings: number, parse: (line: string) => Item | undefined): Parsed<Item> {
  const items: Item[] = []
  let malformed = 0
  // A torn last line is dropped.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  for (const line of lines.slice(headings)) {
    if (line.trim() === '') continue
    const item = parse(line)
    if (item === undefined) malformed += 1
    else items.push(item)
  }
  return { items, malformed }
}
