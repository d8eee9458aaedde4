/**
 * Answers of sysctl net.inet.{tcp,udp}.pcblist_n laid out field by field from the declarations of xnu (struct xinpcb_n, xsocket_n,
 * xsockbuf_n, xsockstat_n, xtcpcb_n), in the short form up to macOS 12 and the long one since macOS 13.
 */
import { addressWords } from './address-words.ts'

export interface PcblistSocket {
  readonly protocol: 'tcp' | 'udp'
  /** inp_vflag: 1 IPv4, 2 IPv6, 3 both. */
  readonly vflag: 1 | 2 | 3
  /** AF_INET 2 or AF_INET6 30; absent: that of vflag. */
  readonly family?: number
  readonly local: { readonly address: string; readonly port: number }
  readonly remote?: { readonly address: string; readonly port: number }
  /** Interface index that the kernel keeps inside link-local addresses. */
  readonly scope?: number
  readonly generation?: bigint
  readonly pointer?: bigint
  readonly uid?: number
  readonly lastPid?: number
  readonly effectivePid?: number
  /** TCPS_* */
  readonly state?: number
  readonly receiveBytes?: number
  readonly sendBytes?: number
  readonly waiting?: number
  readonly backlog?: number
  /** Received and sent bytes of the four entries. */
  readonly counters?: readonly (readonly [bigint, bigint])[]
  readonly srtt?: number
  readonly retransmitShift?: number
  /** False: a connection that no socket belongs to any more. */
  readonly hasSocket?: boolean
}

export type PcblistForm = 'short' | 'long'

const headerBytes = 24
const xinpcbBytes = 104
const xsocketBytes: Record<PcblistForm, number> = { short: 76, long: 104 }
const xsockbufBytes = 32
const xsockstatBytes = 136
const xtcpcbBytes = 208

export function pcblistBytes(sockets: readonly PcblistSocket[], form: PcblistForm = 'long'): Buffer {
  const records = sockets.flatMap((socket) => socketRecords(socket, form)).map(padded)
  return Buffer.concat([header(sockets.length, 100n), ...records, ...(sockets.length === 0 ? [] : [header(sockets.length, 101n)])])
}

function header(count: number, generation: bigint): Buffer {
  const bytes = Buffer.alloc(headerBytes)
  bytes.writeUInt32LE(headerBytes, 0)
  bytes.writeUInt32LE(count, 4)
  bytes.writeBigUInt64LE(generation, 8)
  return bytes
}

function socketRecords(socket: PcblistSocket, form: PcblistForm): Buffer[] {
  const records = [xinpcb(socket), xsocket(socket, form), xsockbuf(socket, 'receive'), xsockbuf(socket, 'send'), xsockstat(socket)]
  return socket.protocol === 'tcp' ? [...records, xtcpcb(socket)] : records
}

function record(length: number, kind: number): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.writeUInt32LE(length, 0)
  bytes.writeUInt32LE(kind, 4)
  return bytes
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)])
}

function xinpcb({ local, remote, vflag, generation = 0n, pointer = 0n, protocol, scope }: PcblistSocket): Buffer {
  const bytes = record(xinpcbBytes, 0x10)
  bytes.writeBigUInt64LE(pointer, 8)
  bytes.writeUInt16BE(remote?.port ?? 0, 16)
  bytes.writeUInt16BE(local.port, 18)
  bytes.writeBigUInt64LE(generation, 28)
  bytes.writeUInt8(vflag, 44)
  bytes.writeUInt8(protocol === 'tcp' ? 6 : 17, 46)
  if (remote !== undefined) writeAddress(bytes, 48, remote.address, vflag, scope)
  writeAddress(bytes, 64, local.address, vflag, scope)
  return bytes
}

function writeAddress(bytes: Buffer, at: number, address: string, vflag: number, scope = 0): void {
  const words = addressWords(address)
  if (vflag === 1) bytes.writeUInt32BE(words[3], at + 12)
  else for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, at + index * 4)
  if (scope !== 0) bytes.writeUInt16BE(scope, at + 2)
}

function xsocket(socket: PcblistSocket, form: PcblistForm): Buffer {
  const { hasSocket = true, vflag, family = vflag === 1 ? 2 : 30 } = socket
  const bytes = record(xsocketBytes[form], 0x01)
  if (!hasSocket) return bytes
  bytes.writeUInt16LE(socket.protocol === 'tcp' ? 1 : 2, 16)
  bytes.writeInt32LE(socket.protocol === 'tcp' ? 6 : 17, 36)
  bytes.writeInt32LE(family, 40)
  bytes.writeInt16LE(socket.waiting ?? 0, 44)
  bytes.writeInt16LE(socket.backlog ?? 0, 48)
  bytes.writeUInt32LE(socket.uid ?? 0, 64)
  bytes.writeInt32LE(socket.lastPid ?? 0, 68)
  bytes.writeInt32LE(socket.effectivePid ?? 0, 72)
  return bytes
}

/** Without a socket the kernel leaves the kind 0. */
function xsockbuf({ hasSocket = true, receiveBytes = 0, sendBytes = 0 }: PcblistSocket, side: 'receive' | 'send'): Buffer {
  const bytes = record(xsockbufBytes, hasSocket ? (side === 'receive' ? 0x02 : 0x04) : 0)
  bytes.writeUInt32LE(side === 'receive' ? receiveBytes : sendBytes, 8)
  bytes.writeUInt32LE(131_072, 12)
  return bytes
}

function xsockstat({ counters = [] }: PcblistSocket): Buffer {
  const bytes = record(xsockstatBytes, 0x08)
  for (const [entry, [received, sent]] of counters.entries()) {
    bytes.writeBigUInt64LE(1n, 8 + entry * 32)
    bytes.writeBigUInt64LE(received, 16 + entry * 32)
    bytes.writeBigUInt64LE(1n, 24 + entry * 32)
    bytes.writeBigUInt64LE(sent, 32 + entry * 32)
  }
  return bytes
}

function xtcpcb({ state = 4, srtt = 0, retransmitShift = 0 }: PcblistSocket): Buffer {
  const bytes = record(xtcpcbBytes, 0x20)
  bytes.writeInt32LE(state, 36)
  bytes.writeUInt32LE(0xdeadbeef, 48)
  bytes.writeInt32LE(srtt, 136)
  bytes.writeInt32LE(7, 140)
  bytes.writeInt32LE(retransmitShift, 144)
  return bytes
}
