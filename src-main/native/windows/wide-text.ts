/** UTF-16 text as Windows takes and gives it. */

/** Zero-terminated. */
export function wideBytes(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le')
}

/** The text before the first zero character, or of all bytes. */
export function wideText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % 2)).toString('utf16le')
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
