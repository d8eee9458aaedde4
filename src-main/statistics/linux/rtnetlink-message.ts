/**
 * Framing of rtnetlink answers (netlink(7), rtnetlink(7)): messages and their attributes. Pure and total: lengths are checked before
 * anything is read. Netlink speaks the machine's byte order; every machine this program runs on is little-endian.
 */
export const RTM_NEWLINK = 16
export const RTM_GETLINK = 18
export const RTM_NEWADDR = 20
export const RTM_GETADDR = 22
export const RTM_NEWROUTE = 24
export const RTM_GETROUTE = 26

const NLMSG_ERROR = 2
const NLMSG_DONE = 3
const NLM_F_REQUEST = 0x1
const NLM_F_DUMP = 0x300
const NLM_F_DUMP_INTR = 0x10
const headerBytes = 16
const attributeHeaderBytes = 4
/** The upper two bits mark nesting and byte order. */
const attributeTypeMask = 0x3fff

export interface AnswerOutcome {
  readonly finished: boolean
  /** The kernel's errno. */
  readonly error?: number
  /** The table changed while it was told. */
  readonly interrupted: boolean
  readonly malformed: number
}

/** Asks for a whole table; the family byte comes first in each of the three request headers. */
export function tableRequest(type: number, sequence: number): Uint8Array {
  const bodyBytes = 16 // ifinfomsg, the longest; the kernel takes a longer body than it needs
  const bytes = new Uint8Array(headerBytes + bodyBytes)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, bytes.length, true)
  view.setUint16(4, type, true)
  view.setUint16(6, NLM_F_REQUEST | NLM_F_DUMP, true)
  view.setUint32(8, sequence, true)
  return bytes
}

/** Hands every message of `wanted` type to `take`, without its header. */
export function readAnswer(
  bytes: Uint8Array,
  { sequence, wanted }: { sequence: number; wanted: number },
  take: (body: Uint8Array) => boolean,
): AnswerOutcome {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let interrupted = false
  let malformed = 0
  let at = 0
  while (at + headerBytes <= bytes.length) {
    const length = view.getUint32(at, true)
    if (length < headerBytes || at + length > bytes.length) return { finished: true, interrupted, malformed: malformed + 1 }
    const type = view.getUint16(at + 4, true)
    const ours = view.getUint32(at + 8, true) === sequence
    if (ours && (view.getUint16(at + 6, true) & NLM_F_DUMP_INTR) !== 0) interrupted = true
    if (ours && (type === NLMSG_DONE || type === NLMSG_ERROR)) {
      const error = length >= headerBytes + 4 ? -view.getInt32(at + headerBytes, true) : 0
      return error > 0 ? { finished: true, error, interrupted, malformed } : { finished: true, interrupted, malformed }
    }
    if (ours && type === wanted && !take(bytes.subarray(at + headerBytes, at + length))) malformed += 1
    at += (length + 3) & ~3
  }
  return { finished: false, interrupted, malformed: at < bytes.length ? malformed + 1 : malformed }
}

/** Attributes by type, from `offset` on; a later one of the same type wins. Undefined when a length makes no sense. */
export function readAttributes(bytes: Uint8Array, offset: number): Map<number, Uint8Array> | undefined {
  const attributes = new Map<number, Uint8Array>()
  let at = offset
  while (at + attributeHeaderBytes <= bytes.length) {
    const length = uint16(bytes, at)
    if (length < attributeHeaderBytes || at + length > bytes.length) return undefined
    attributes.set(uint16(bytes, at + 2) & attributeTypeMask, bytes.subarray(at + attributeHeaderBytes, at + length))
    at += (length + 3) & ~3
  }
  return attributes
}

export function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}

/** Undefined when the attribute is absent or too short. */
export function uint32(bytes: Uint8Array | undefined, at = 0): number | undefined {
  if (bytes === undefined || bytes.length < at + 4) return undefined
  return (uint16(bytes, at) | (uint16(bytes, at + 2) << 16)) >>> 0
}

/** Counts above 2^53 lose their last digits; no counter gets there in the life of a machine. */
export function uint64(bytes: Uint8Array, at: number): number {
  return (uint32(bytes, at + 4) ?? 0) * 0x1_0000_0000 + (uint32(bytes, at) ?? 0)
}
