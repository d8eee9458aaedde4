import ipaddr from 'ipaddr.js'

/** The four words of an address without brackets and zone, IPv4 as ::ffff:a.b.c.d; undefined when it is none of that family. */
export function parseAddress(text: string, family: 4 | 6): readonly number[] | undefined {
  if (family === 4) {
    if (!ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined
    const [first = 0, second = 0, third = 0, fourth = 0] = ipaddr.IPv4.parse(text).octets
    return [0, 0, 0xffff, ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0]
  }
  if (!ipaddr.IPv6.isValid(text)) return undefined
  const { parts } = ipaddr.IPv6.parse(text)
  return [0, 2, 4, 6].map((at) => (((parts[at] ?? 0) << 16) | (parts[at + 1] ?? 0)) >>> 0)
}
