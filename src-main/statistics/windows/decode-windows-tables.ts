/** MIB_IF_TABLE2, MIB_UNICASTIPADDRESS_TABLE, MIB_IPFORWARD_TABLE2 (netioapi.h). Pure and total: rows beyond the bytes are not read. */
import type { AddressFamily, Route } from '../../../src-shared/contract/network.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import type { AddressOfLink, Link } from '../with-addresses.ts'
import { addressBytes, addressOfBytes, hardwareAddressText, unspecified } from '../address-of-bytes.ts'

export const MIB_IF_ROW2_bytes = 1352
export const MIB_UNICASTIPADDRESS_ROW_bytes = 80
export const MIB_IPFORWARD_ROW2_bytes = 104

const tableHeadBytes = 8
const AF_INET = 2
const AF_INET6 = 23
const nameCharacters = 257
const longestHardwareAddress = 32
const IF_TYPE_SOFTWARE_LOOPBACK = 24
const IfOperStatusUp = 1
const NET_IF_ADMIN_STATUS_UP = 1
/** The speed of an interface that has none. */
const unknownSpeed = 0xffff_ffff_ffff_ffffn

/** NL_ROUTE_PROTOCOL (nldef.h), in the words that other systems use; others are told by their number. */
const origins: Readonly<Record<number, string>> = {
  2: 'kernel',
  3: 'static',
  4: 'redirect',
  8: 'rip',
  9: 'isis',
  13: 'ospf',
  14: 'bgp',
  19: 'dhcp',
  10002: 'static',
  10006: 'static',
  10007: 'static',
}

export interface WindowsTable<Row> {
  readonly rows: readonly Row[]
  /** Rows that the table says it has and that are not in its bytes. */
  readonly missing: number
}

export function decodeInterfaces(bytes: Uint8Array): WindowsTable<Link> {
  return decodeTable(bytes, MIB_IF_ROW2_bytes, (row, view) => {
    const hardwareBytes = Math.min(view.getUint32(1056, true), longestHardwareAddress)
    const speed = view.getBigUint64(1192, true)
    const count = (offset: number): number => Number(view.getBigUint64(offset, true))
    return withoutUndefined<Link>({
      index: view.getUint32(8, true),
      name: wideText(row, 28),
      description: wideText(row, 542),
      up: view.getUint32(1160, true) === NET_IF_ADMIN_STATUS_UP,
      running: view.getUint32(1156, true) === IfOperStatusUp,
      loopback: view.getUint32(1128, true) === IF_TYPE_SOFTWARE_LOOPBACK,
      mtuBytes: view.getUint32(1124, true),
      linkSpeedBitsPerSecond: speed === unknownSpeed || speed === 0n ? undefined : Number(speed),
      hardwareAddress: hardwareAddressText(row.subarray(1060, 1060 + hardwareBytes)),
      addresses: [],
      counters: {
        receivedBytes: count(1208),
        sentBytes: count(1280),
        receivedPackets: count(1216) + count(1224),
        sentPackets: count(1288) + count(1296),
        receiveErrors: count(1240),
        sendErrors: count(1312),
        receiveDropped: count(1232),
        sendDropped: count(1304),
      },
    })
  })
}

export function decodeUnicastAddresses(bytes: Uint8Array): WindowsTable<AddressOfLink> {
  return decodeTable(bytes, MIB_UNICASTIPADDRESS_ROW_bytes, (row, view) => {
    const told = socketAddress(row, view, 0)
    return told && { index: view.getUint32(40, true), address: { ...told, prefixLength: row[60] ?? 0 } }
  })
}

export function decodeForwardTable(bytes: Uint8Array, interfaceName: (index: number) => string | undefined): WindowsTable<Route> {
  return decodeTable(bytes, MIB_IPFORWARD_ROW2_bytes, (row, view) => {
    const destination = socketAddress(row, view, 12)
    const prefixLength = row[40] ?? 0
    if (destination === undefined || prefixLength > addressBytes(destination.family) * 8) return undefined
    const nextHop = socketAddress(row, view, 44)
    const protocol = view.getUint32(88, true)
    return withoutUndefined<Route>({
      family: destination.family,
      destination: destination.address,
      prefixLength,
      type: routeType(destination.address, destination.family, row[92] !== 0),
      gateway: nextHop === undefined || nextHop.address === unspecified(nextHop.family) ? undefined : nextHop.address,
      interface: interfaceName(view.getUint32(8, true)),
      metric: view.getUint32(84, true),
      origin: origins[protocol] ?? String(protocol),
    })
  })
}

function decodeTable<Row>(
  bytes: Uint8Array,
  rowBytes: number,
  decode: (row: Uint8Array, view: DataView) => Row | undefined,
): WindowsTable<Row> {
  if (bytes.length < tableHeadBytes) return { rows: [], missing: 0 }
  const told = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true)
  const there = Math.min(told, Math.floor((bytes.length - tableHeadBytes) / rowBytes))
  const rows: Row[] = []
  for (let index = 0; index < there; index += 1) {
    const start = tableHeadBytes + index * rowBytes
    const row = bytes.subarray(start, start + rowBytes)
    const decoded = decode(row, new DataView(row.buffer, row.byteOffset, row.length))
    if (decoded !== undefined) rows.push(decoded)
  }
  return { rows, missing: told - there }
}

/** SOCKADDR_INET: family, then the IPv4 address at 4 or the IPv6 address at 8. */
function socketAddress(
  row: Uint8Array,
  view: DataView,
  offset: number,
): { readonly family: AddressFamily; readonly address: string } | undefined {
  const number = view.getUint16(offset, true)
  if (number === AF_INET) return { family: 'ipv4', address: addressOfBytes(row, offset + 4, 'ipv4') }
  return number === AF_INET6 ? { family: 'ipv6', address: addressOfBytes(row, offset + 8, 'ipv6') } : undefined
}

function routeType(destination: string, family: AddressFamily, loopback: boolean): Route['type'] {
  if (family === 'ipv6' ? destination.startsWith('ff') : /^2(2[4-9]|3\d)\./u.test(destination)) return 'multicast'
  if (destination === '255.255.255.255') return 'broadcast'
  return loopback ? 'local' : 'unicast'
}

/** UTF-16 up to the first zero. */
function wideText(row: Uint8Array, offset: number): string {
  const text = new TextDecoder('utf-16le').decode(row.subarray(offset, offset + nameCharacters * 2))
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
