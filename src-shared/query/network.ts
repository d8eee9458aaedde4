/** Addresses and address blocks as written in queries: full and shortened IPv4, IPv6, CIDR, `address:port`. */
import ipaddr from 'ipaddr.js'
import { parsed, queryError, refused, type Parsed } from './query-error.ts'
import type { NetworkTest } from './query.ts'

const maximumPort = 65_535
const v4Bits = 32
const v6Bits = 128

/** Undefined when the text does not even look like an address, so that a word can be something else. */
export function parseNetwork(text: string, position: number): Parsed<NetworkTest> | undefined {
  const slash = text.indexOf('/')
  if (slash >= 0) return parseBlock(text, slash, position)
  const whole = parseAddress(text)
  if (whole !== undefined) return parsed({ kind: 'network', ...whole })
  return parseEndpoint(text, position) ?? parseShortenedV4(text)
}

function parseBlock(text: string, slash: number, position: number): Parsed<NetworkTest> | undefined {
  const addressPart = text.slice(0, slash)
  const bitsText = text.slice(slash + 1)
  const address = parseAddress(addressPart) ?? shortenedV4(addressPart)
  if (address === undefined) {
    if (!/^[\d.]+$|^[\da-f:.]*:[\da-f:.]*$/i.test(addressPart)) return undefined
    return refused(queryError('bad-address', position, slash, { value: addressPart }))
  }
  const isV4 = !address.address.includes(':')
  const mappedBits = isV4 && addressPart.includes(':') ? v6Bits - v4Bits : 0 // ::ffff:10.0.0.0/104 is 10.0.0.0/8
  const maximum = isV4 ? v4Bits + mappedBits : v6Bits
  const bits = /^\d{1,3}$/.test(bitsText) ? Number(bitsText) : netmaskBits(bitsText, maximum)
  if (bits === undefined || bits > maximum || bits < mappedBits)
    return refused(queryError('bad-cidr', position + slash + 1, bitsText.length, { value: text, maximum }))
  return parsed({ kind: 'network', address: address.address, bits: bits - mappedBits })
}

/** The block of a usual size that an address lies in, `203.0.113.0/24`; IPv4 mapped into IPv6 is IPv4. Undefined for no address. */
export function networkAround(text: string, bits: { readonly v4: number; readonly v6: number }): string | undefined {
  const whole = parseAddress(text)
  if (whole === undefined) return undefined
  const isV4 = !whole.address.includes(':')
  const length = isV4 ? bits.v4 : bits.v6
  const address = ipaddr.parse(whole.address)
  const bytes = address.toByteArray().map((byte, index) => byte & (0xff00 >> Math.max(0, Math.min(8, length - index * 8))))
  const start = ipaddr.fromByteArray(bytes)
  return `${start instanceof ipaddr.IPv6 ? start.toRFC5952String() : start.toString()}/${length}`
}

/** `10.0.0.0/255.0.0.0`, as old tools print it. */
function netmaskBits(text: string, maximum: number): number | undefined {
  if (maximum !== v4Bits || !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined
  return ipaddr.IPv4.parse(text).prefixLengthFromSubnetMask() ?? undefined
}

function parseEndpoint(text: string, position: number): Parsed<NetworkTest> | undefined {
  const match = /^(?:\[([\da-f:.]+)\](?::(\d+))?|([\d.]+):(\d+))$/i.exec(text)
  if (match === null) return undefined
  const addressPart = match[1] ?? match[3] ?? ''
  const address = parseAddress(addressPart)
  if (address === undefined) return refused(queryError('bad-address', position, text.length, { value: addressPart }))
  const portText = match[2] ?? match[4]
  if (portText === undefined) return parsed({ kind: 'network', ...address })
  const port = Number(portText)
  if (port > maximumPort)
    return refused(
      queryError('bad-number', position + text.length - portText.length, portText.length, {
        value: portText,
        key: 'port',
        maximum: maximumPort,
      }),
    )
  return parsed({ kind: 'network', ...address, port })
}

function parseShortenedV4(text: string): Parsed<NetworkTest> | undefined {
  const block = shortenedV4(text)
  return block === undefined ? undefined : parsed({ kind: 'network', ...block })
}

/** `10.1` and `10.1.` are the block 10.1.0.0/16. A lone number is more likely meant as a port. */
function shortenedV4(text: string): { address: string; bits: number } | undefined {
  const match = /^(\d{1,3}(?:\.\d{1,3}){0,2})(\.?)$/.exec(text)
  if (match === null) return undefined
  const octets = (match[1] ?? '').split('.')
  if (octets.length === 1 && match[2] === '') return undefined
  const whole = [...octets, '0', '0', '0'].slice(0, 4).join('.')
  return ipaddr.IPv4.isValidFourPartDecimal(whole) ? { address: whole, bits: octets.length * 8 } : undefined
}

/** Only the four-part decimal form of IPv4 (ipaddr.js also reads octal and short ones), no zones; canonical text. */
function parseAddress(text: string): { address: string; bits: number } | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return { address: ipaddr.IPv4.parse(text).toString(), bits: v4Bits }
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined
  const v6 = ipaddr.IPv6.parse(text)
  if (v6.isIPv4MappedAddress()) return { address: v6.toIPv4Address().toString(), bits: v4Bits }
  return { address: v6.toRFC5952String(), bits: v6Bits }
}
