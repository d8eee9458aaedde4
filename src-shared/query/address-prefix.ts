/** Which addresses are written with a given beginning, decided without writing them where possible. */
import ipaddr from 'ipaddr.js'
import { addressText } from '../model/address.ts'
import type { WordsTest } from './address-side.ts'
import { networkWords } from './compile-address.ts'

/** Undefined when no address can begin so. A complete IPv6 address in another form than the usual one counts as that address. */
export function addressPrefixTest(text: string): WordsTest | undefined {
  const prefix = text.toLowerCase()
  const v4 = v4PrefixTest(prefix)
  const v6 = v6PrefixTest(prefix)
  if (v4 === undefined || v6 === undefined) return v4 ?? v6
  return (family, isV4, word0, word1, word2, word3) => (isV4 ? v4 : v6)(family, isV4, word0, word1, word2, word3)
}

/** The last octet of the prefix may be cut short: `1` means 1, 10 to 19 and 100 to 199. */
function v4PrefixTest(prefix: string): WordsTest | undefined {
  const octets = prefix.split('.')
  if (!/^[\d.]+$/.test(prefix) || octets.length > 4 || octets.slice(0, -1).some((octet) => !isOctet(octet))) return undefined
  const last = octets.at(-1) ?? ''
  let fixed = 0
  octets.slice(0, -1).forEach((octet, index) => {
    fixed = (fixed | (Number(octet) << (24 - 8 * index))) >>> 0
  })
  const shift = 32 - 8 * octets.length
  const fixedMask = shift === 24 ? 0 : (0xffff_ffff << (shift + 8)) >>> 0
  const allowed = Uint8Array.from({ length: 256 }, (_, octet) => (String(octet).startsWith(last) ? 1 : 0))
  if (!allowed.includes(1)) return undefined
  return (_family, v4, _word0, _word1, _word2, word3) => v4 && (word3 & fixedMask) >>> 0 === fixed && allowed[(word3 >>> shift) & 255] === 1
}

const isOctet = (text: string): boolean => /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255

function v6PrefixTest(prefix: string): WordsTest | undefined {
  if (!/^[\da-f:]+$/.test(prefix)) return undefined
  const colon = prefix.indexOf(':')
  if (colon > 4 || (colon < 0 && prefix.length > 4)) return undefined
  if (ipaddr.IPv6.isValid(prefix) && !isUsualForm(prefix)) return networkWords({ address: prefix, bits: 128 })
  const firstGroup = firstGroupTest(prefix, colon)
  return (family, v4, word0, word1, word2, word3) =>
    !v4 && firstGroup(word0 >>> 16) && (colon < 0 || addressText(family, word0, word1, word2, word3).startsWith(prefix))
}

/** A prefix is compared as written, so it has to be as addresses are written. */
function isUsualForm(text: string): boolean {
  return ipaddr.IPv6.parse(text).toRFC5952String() === text
}

function firstGroupTest(prefix: string, colon: number): (group: number) => boolean {
  if (colon === 0) return (group) => group === 0
  if (colon > 0) {
    const wanted = Number.parseInt(prefix.slice(0, colon), 16)
    return (group) => group === wanted
  }
  // Without a colon the whole prefix lies in the first group; a leading zero group is nearly always written as `::`.
  return (group) => group !== 0 && group.toString(16).startsWith(prefix)
}
