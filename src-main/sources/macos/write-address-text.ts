import ipaddr from 'ipaddr.js'
import { recordWord } from '../../table/row-record.ts'

export type EndpointSide = 'local' | 'remote'

/** Where a name in the text stands for any address. */
const anyAddress = '*'

/**
 * Writes an address as macOS tools print it (no brackets, no zone) into a record; `*` is the unspecified one, and an IPv4 address of
 * an IPv6 socket is a mapped one. False when the text is no address of that family.
 */
export function writeAddressText(record: Uint32Array, side: EndpointSide, text: string, family: 4 | 6): boolean {
  const at = recordWord[side]
  record.fill(0, at, at + 4)
  if (text === anyAddress) {
    if (family === 4) record[at + 2] = 0xffff
    return true
  }
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    const [first = 0, second = 0, third = 0, fourth = 0] = ipaddr.IPv4.parse(text).octets
    record[at + 2] = 0xffff
    record[at + 3] = ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0
    return true
  }
  if (family === 4 || text.includes('%') || !ipaddr.IPv6.isValid(text)) return false
  const { parts } = ipaddr.IPv6.parse(text)
  for (let word = 0; word < 4; word += 1) record[at + word] = (((parts[word * 2] ?? 0) << 16) | (parts[word * 2 + 1] ?? 0)) >>> 0
  return true
}

/** A port as printed with -n; `*` is none. Undefined when it is neither. */
export function portOfText(text: string): number | undefined {
  if (text === anyAddress) return 0
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  return port >= 0 && port <= 0xffff ? port : undefined
}
