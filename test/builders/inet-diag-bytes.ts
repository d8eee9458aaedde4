/**
 * Answers of sock_diag built field by field at the offsets of include/uapi/linux/{netlink,inet_diag,tcp}.h, independently of the
 * decoder's own way to address them. Little endian where the kernel uses the machine's order, big endian for ports and addresses.
 */
export interface DiagRowInput {
  readonly family?: 2 | 10
  readonly state?: number
  readonly timer?: number
  readonly unanswered?: number
  readonly expiresMs?: number
  readonly localPort?: number
  readonly remotePort?: number
  /** 4 or 16 bytes. */
  readonly local?: readonly number[]
  readonly remote?: readonly number[]
  readonly interfaceIndex?: number
  readonly cookie?: readonly [low: number, high: number]
  readonly receiveQueue?: number
  readonly sendQueue?: number
  readonly uid?: number
  readonly inode?: number
  readonly attributes?: readonly Uint8Array[]
}

export interface MessageInput {
  readonly type?: number
  readonly flags?: number
  readonly sequence?: number
}

export const SOCK_DIAG_BY_FAMILY = 20
export const NLMSG_ERROR = 2
export const NLMSG_DONE = 3

export function netlinkMessage(body: Uint8Array, { type = SOCK_DIAG_BY_FAMILY, flags = 2, sequence = 1 }: MessageInput = {}): Uint8Array {
  const bytes = new Uint8Array((16 + body.length + 3) & ~3)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 16 + body.length, true) // nlmsg_len: without padding
  view.setUint16(4, type, true)
  view.setUint16(6, flags, true)
  view.setUint32(8, sequence, true)
  view.setUint32(12, 4242, true)
  bytes.set(body, 16)
  return bytes
}

export function diagRow(input: DiagRowInput, message: MessageInput = {}): Uint8Array {
  const { family = 2, local = family === 2 ? [127, 0, 0, 1] : loopback6, remote = local } = input
  const fixed = new Uint8Array(72)
  const view = new DataView(fixed.buffer)
  view.setUint8(0, family)
  view.setUint8(1, input.state ?? 1)
  view.setUint8(2, input.timer ?? 0)
  view.setUint8(3, input.unanswered ?? 0)
  view.setUint16(4, input.localPort ?? 80)
  view.setUint16(6, input.remotePort ?? 40_000)
  fixed.set(local, 8)
  fixed.set(remote, 24)
  view.setUint32(40, input.interfaceIndex ?? 0, true)
  view.setUint32(44, input.cookie?.[0] ?? 1, true)
  view.setUint32(48, input.cookie?.[1] ?? 0, true)
  view.setUint32(52, input.expiresMs ?? 0, true)
  view.setUint32(56, input.receiveQueue ?? 0, true)
  view.setUint32(60, input.sendQueue ?? 0, true)
  view.setUint32(64, input.uid ?? 0, true)
  view.setUint32(68, input.inode ?? 0, true)
  return netlinkMessage(joined([fixed, ...(input.attributes ?? [])]), message)
}

export const loopback6 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]

export function mapped(...v4: number[]): number[] {
  return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...v4]
}

/** struct rtattr and its value, padded. */
export function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array((4 + value.length + 3) & ~3)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 4 + value.length, true)
  view.setUint16(2, type, true)
  bytes.set(value, 4)
  return bytes
}

export interface TcpInfoInput {
  readonly lastSentMs?: number
  readonly lastReceivedMs?: number
  readonly segmentsSent?: number
  readonly roundTripMicros?: number
  readonly totalRetransmits?: number
  readonly bytesAcked?: bigint
  readonly bytesReceived?: bigint
  readonly bytesSent?: bigint
  readonly bytesRetransmitted?: bigint
}

/** INET_DIAG_INFO: the first `length` bytes of struct tcp_info, which grew from 104 bytes (2.6) to 280 (6.18). */
export function tcpInfo(input: TcpInfoInput, length = 280): Uint8Array {
  const bytes = new Uint8Array(280).fill(0xee) // fields nobody asked for hold noise
  const view = new DataView(bytes.buffer)
  view.setUint32(44, input.lastSentMs ?? 0, true)
  view.setUint32(52, input.lastReceivedMs ?? 0, true)
  view.setUint32(136, input.segmentsSent ?? 0, true)
  view.setUint32(68, input.roundTripMicros ?? 0, true)
  view.setUint32(100, input.totalRetransmits ?? 0, true)
  view.setBigUint64(120, input.bytesAcked ?? 0n, true)
  view.setBigUint64(128, input.bytesReceived ?? 0n, true)
  view.setBigUint64(200, input.bytesSent ?? 0n, true)
  view.setBigUint64(208, input.bytesRetransmitted ?? 0n, true)
  return attribute(2, bytes.slice(0, length))
}

export function done(code = 0, message: MessageInput = {}): Uint8Array {
  return netlinkMessage(int32(code), { type: NLMSG_DONE, ...message })
}

/** struct nlmsgerr: the negative errno and the header of the request. */
export function failure(code: number, message: MessageInput = {}): Uint8Array {
  return netlinkMessage(joined([int32(code), new Uint8Array(16)]), { type: NLMSG_ERROR, ...message })
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setInt32(0, value, true)
  return bytes
}
