/** How rows of macOS are told apart, the same for every source of it, so that a fallback in mid-course keeps as many as it can. */
import { flagTupleIdentity, protocolOfHead, recordWord } from '../../table/row-record.ts'
import { writeTupleIdentity } from '../../table/tuple-identity.ts'

/** TCP and UDP count their sockets apart. */
const udpMark = 0x80000000

/**
 * The generation count (inp_gencnt) that xnu gives each socket and never again; without one (flows that live outside the kernel's
 * tables), a hash of the tuple in which `distinct` stands for what else is known of the socket.
 */
export function writeIdentity(record: Uint32Array, generationLow: number, generationHigh: number, distinct: number): void {
  if (generationLow === 0 && generationHigh === 0) {
    writeMarkedTupleIdentity(record, distinct)
    return
  }
  record[recordWord.identityLow] = generationLow
  record[recordWord.identityHigh] = protocolOfHead(record[recordWord.head] as number) === 0 ? generationHigh : generationHigh ^ udpMark
}

/** For sources and sockets without a number of the kernel's. */
export function writeMarkedTupleIdentity(record: Uint32Array, distinct: number): void {
  writeTupleIdentity(record, distinct)
  record[recordWord.flags] = (record[recordWord.flags] as number) | flagTupleIdentity
}

/**
 * The KAME stack keeps the interface of a link-local address inside it, in bytes 2 and 3. Takes it out of both addresses and returns
 * it, that of the local one first; 0 when there is none.
 */
export function takeEmbeddedScope(record: Uint32Array): number {
  const local = takeScope(record, recordWord.local)
  const remote = takeScope(record, recordWord.remote)
  return local === 0 ? remote : local
}

function takeScope(record: Uint32Array, at: number): number {
  const first = record[at] as number
  const prefix = first >>> 16
  const scoped = (prefix & 0xffc0) === 0xfe80 || prefix === 0xff01 || prefix === 0xff02
  if (!scoped) return 0
  record[at] = (first & 0xffff0000) >>> 0
  return first & 0xffff
}
