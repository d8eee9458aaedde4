/** Writes packets that were cut to their headers as a classic capture file that every tool reads: little-endian, microseconds. */
import type { KeptPacket } from './kept-packet.ts'

const fileHeaderBytes = 24
const recordHeaderBytes = 16
const magic = 0xa1b2c3d4
/** Longest packet a reader has to reckon with; what tools write by default. */
const snapshotLength = 262_144

/** `linkType` is that of the capture the packets are from. */
export function writePcap(linkType: number, packets: readonly KeptPacket[]): Uint8Array<ArrayBuffer> {
  const size = packets.reduce((sum, { headers }) => sum + recordHeaderBytes + headers.length, fileHeaderBytes)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint16(4, 2, true)
  view.setUint16(6, 4, true)
  view.setUint32(16, snapshotLength, true)
  view.setUint32(20, linkType, true)
  let at = fileHeaderBytes
  for (const { packet, headers, wireLength } of packets) {
    const microseconds = Math.round(packet.at * 1000)
    view.setUint32(at, Math.floor(microseconds / 1_000_000), true)
    view.setUint32(at + 4, microseconds % 1_000_000, true)
    view.setUint32(at + 8, headers.length, true)
    view.setUint32(at + 12, wireLength, true)
    bytes.set(headers, at + recordHeaderBytes)
    at += recordHeaderBytes + headers.length
  }
  return bytes
}
