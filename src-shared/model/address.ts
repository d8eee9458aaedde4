/**
 * Addresses as four 32-bit words in network order (columns.ts). Text follows RFC 5952; an IPv4-mapped address is written as the
 * IPv4 address it stands for.
 */
export interface Address {
  readonly words: readonly [number, number, number, number]
}

const mappedPrefix = 0xffff

export function isV4Mapped(word0: number, word1: number, word2: number): boolean {
  return word0 === 0 && word1 === 0 && word2 === mappedPrefix
}

export function isUnspecified(family: number, word0: number, word1: number, word2: number, word3: number): boolean {
  return word3 === 0 && (family === 4 || (word0 === 0 && word1 === 0 && (word2 === 0 || word2 === mappedPrefix)))
}

/** 127.0.0.0/8 (RFC 1122), ::1 (RFC 4291), and the former mapped into IPv6. */
export function isLoopback(word0: number, word1: number, word2: number, word3: number): boolean {
  if (isV4Mapped(word0, word1, word2)) return word3 >>> 24 === 127
  return word0 === 0 && word1 === 0 && word2 === 0 && word3 === 1
}

/** RFC 1918, RFC 6598 (shared), RFC 3927 and fe80::/10 (link-local), RFC 4193 (unique local). Loopback is not among them. */
export function isPrivate(word0: number, word1: number, word2: number, word3: number): boolean {
  if (!isV4Mapped(word0, word1, word2)) return word0 >>> 25 === 0x7e || word0 >>> 22 === 0x3fa
  const top16 = word3 >>> 16
  return (
    word3 >>> 24 === 10 || word3 >>> 20 === 0xac1 || top16 === 0xc0a8 || top16 === 0xa9fe || word3 >>> 22 === (100 << 2) + 1 // 100.64.0.0/10
  )
}

/** Canonical text. Both families are accepted in their four-word form. */
export function addressText(family: number, word0: number, word1: number, word2: number, word3: number): string {
  if (family === 4 || isV4Mapped(word0, word1, word2)) return v4Text(word3)
  return v6Text(word0, word1, word2, word3)
}

function v4Text(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`
}

function v6Text(word0: number, word1: number, word2: number, word3: number): string {
  const words = [word0, word1, word2, word3]
  const group = (index: number): number => ((words[index >> 1] ?? 0) >>> (index & 1 ? 0 : 16)) & 0xffff
  let bestStart = -1
  let bestLength = 1 // a single zero group is never shortened (RFC 5952 section 4.2.2)
  for (let index = 0; index < 8;) {
    let end = index
    while (end < 8 && group(end) === 0) end += 1
    if (end - index > bestLength) {
      bestStart = index
      bestLength = end - index
    }
    index = end + 1
  }
  let text = ''
  for (let index = 0; index < 8; index += 1) {
    if (index === bestStart) {
      text += '::'
      index += bestLength - 1
    } else {
      text += (text === '' || text.endsWith(':') ? '' : ':') + group(index).toString(16)
    }
  }
  return text
}

/** `address:port`, with brackets around IPv6 (RFC 5952 section 6). */
export function endpointText(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
