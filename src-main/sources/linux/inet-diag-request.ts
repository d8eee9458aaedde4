/**
 * The requests of sock_diag, made byte by byte. Pure. Layouts from include/uapi/linux/{netlink,sock_diag,inet_diag}.h.
 */
export const AF_INET = 2
export const AF_INET6 = 10
export const IPPROTO_TCP = 6
export const IPPROTO_UDP = 17
export const TCPDIAG_GETSOCK = 18
export const SOCK_DIAG_BY_FAMILY = 20
export const INET_DIAG_INFO = 2
export const netlinkHeaderBytes = 16

const SOCK_DESTROY = 21
const NLM_F_REQUEST = 1
const NLM_F_ACK = 4
const NLM_F_DUMP = 0x300
/** idiag_ext is a bit mask of attribute number minus one. */
const extensionInfo = 1 << (INET_DIAG_INFO - 1)
const allStates = 0xffffffff
/** A mask without TCP_BOUND_INACTIVE (13): the kernel then spares the walk over the ports of all sockets. */
export const allButBound = (allStates & ~(1 << 13)) >>> 0
/** A mask of TCP_LISTEN (10) alone: the cheapest question about the TCP table. */
export const listenersOnly = 1 << 10

/** Every table of sock_diag that is asked for. */
export interface DumpTable {
  /** `both` is one walk over both families with the compatibility request; TCP only. */
  readonly family: typeof AF_INET | typeof AF_INET6 | 'both'
  readonly protocol: typeof IPPROTO_TCP | typeof IPPROTO_UDP
}

/** Asks for the sockets of a table that are in one of `states`, a mask of kernel states. */
export function dumpRequest({ family, protocol }: DumpTable, sequence: number, states: number = allStates): Uint8Array {
  return family === 'both' ? compatibleDumpRequest(sequence, states) : familyDumpRequest(family, protocol, sequence, states)
}

/** struct inet_diag_req_v2 with NLM_F_DUMP. */
function familyDumpRequest(family: number, protocol: number, sequence: number, states: number): Uint8Array {
  const request = header(netlinkHeaderBytes + 56, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, sequence)
  request.setUint8(16, family)
  request.setUint8(17, protocol)
  request.setUint8(18, protocol === IPPROTO_TCP ? extensionInfo : 0)
  request.setUint32(20, states, true)
  return bytesOf(request)
}

/** struct inet_diag_req: family 0 walks the hash once for tcp and tcp6 together. */
function compatibleDumpRequest(sequence: number, states: number): Uint8Array {
  const request = header(netlinkHeaderBytes + 60, TCPDIAG_GETSOCK, NLM_F_REQUEST | NLM_F_DUMP, sequence)
  request.setUint8(19, extensionInfo)
  request.setUint32(68, states, true)
  return bytesOf(request)
}

/** One socket's address as the kernel compares it: struct inet_diag_sockid. */
export interface SocketAddress {
  readonly family: 4 | 6
  readonly protocol: number
  readonly localPort: number
  readonly remotePort: number
  /** Four words in network order each, IPv4 as ::ffff:a.b.c.d (columns.ts). */
  readonly local: readonly number[]
  readonly remote: readonly number[]
  readonly interfaceIndex: number
  readonly cookieLow: number
  readonly cookieHigh: number
}

/** Asks for exactly one socket, cookie compared. */
export function socketRequest(address: SocketAddress, sequence: number): Uint8Array {
  return addressedRequest(address, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, sequence)
}

/** Destroys exactly one socket, cookie compared; acknowledged with an error number or zero. */
export function destroyRequest(address: SocketAddress, sequence: number): Uint8Array {
  return addressedRequest(address, SOCK_DESTROY, NLM_F_REQUEST | NLM_F_ACK, sequence)
}

function addressedRequest(address: SocketAddress, type: number, flags: number, sequence: number): Uint8Array {
  const request = header(netlinkHeaderBytes + 56, type, flags, sequence)
  request.setUint8(16, address.family === 4 ? AF_INET : AF_INET6)
  request.setUint8(17, address.protocol)
  request.setUint8(18, address.protocol === IPPROTO_TCP ? extensionInfo : 0)
  request.setUint32(20, allStates, true)
  request.setUint16(24, address.localPort)
  request.setUint16(26, address.remotePort)
  const first = address.family === 4 ? 3 : 0 // an IPv4 address travels in the first word
  for (let word = first; word < 4; word += 1) {
    request.setUint32(28 + (word - first) * 4, address.local[word] ?? 0)
    request.setUint32(44 + (word - first) * 4, address.remote[word] ?? 0)
  }
  request.setUint32(60, address.interfaceIndex, true)
  request.setUint32(64, address.cookieLow, true)
  request.setUint32(68, address.cookieHigh, true)
  return bytesOf(request)
}

function header(length: number, type: number, flags: number, sequence: number): DataView {
  const view = new DataView(new ArrayBuffer(length))
  view.setUint32(0, length, true)
  view.setUint16(4, type, true)
  view.setUint16(6, flags, true)
  view.setUint32(8, sequence, true)
  return view
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer as ArrayBuffer)
}
