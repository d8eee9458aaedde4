/**
 * Messages as bytes, for transports that carry bytes only (WebSocket): four bytes length of the JSON part (little-endian), the
 * JSON part padded with spaces to a multiple of eight, then the block of bytes. A message without bytes travels as plain JSON text.
 */
import type { ChannelMessage } from './channel.ts'

const prefixLength = 8

export function encodeFrame({ bytes, ...rest }: ChannelMessage): string | Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(rest)
  if (bytes === undefined) return json
  const text = new TextEncoder().encode(json)
  const textLength = (text.length + 7) & ~7
  const frame = new Uint8Array(new ArrayBuffer(prefixLength + textLength + bytes.length))
  new DataView(frame.buffer).setUint32(0, textLength, true)
  frame.set(text, prefixLength)
  frame.fill(0x20, prefixLength + text.length, prefixLength + textLength)
  frame.set(bytes, prefixLength + textLength)
  return frame
}

/** Undefined when the frame is none. The bytes come out aligned, so that columns can be laid over them without a copy. */
export function decodeFrame(frame: string | ArrayBuffer): unknown {
  try {
    if (typeof frame === 'string') return JSON.parse(frame) as unknown
    if (frame.byteLength < prefixLength) return undefined
    const textLength = new DataView(frame).getUint32(0, true)
    if (prefixLength + textLength > frame.byteLength) return undefined
    const message = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(frame, prefixLength, textLength))) as unknown
    if (typeof message !== 'object' || message === null) return undefined
    return { ...message, bytes: new Uint8Array(frame.slice(prefixLength + textLength)) }
  } catch {
    // Bytes from outside that are not JSON: no message, as the caller is told by `undefined`.
    return undefined
  }
}
