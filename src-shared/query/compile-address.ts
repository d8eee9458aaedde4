/** Tests over addresses: blocks by masks, written forms only for wildcards and regular expressions. */
import ipaddr from 'ipaddr.js'
import { onSide, onText, type Side, type WordsTest } from './address-side.ts'
import { compileTextTest, equalTo } from './compile-text.ts'
import type { AddressTest, NetworkTest } from './query.ts'
import { costs, type CostedTest } from './row-test.ts'

export function compileAddressTest(side: Side, test: AddressTest): CostedTest {
  if (test.kind === 'network') return compileNetwork(side, test)
  return { test: onSide(side, onText(compileTextTest(test, equalTo))), cost: costs.addressText }
}

function compileNetwork(side: Side, network: NetworkTest): CostedTest {
  const test = onSide(side, networkWords(network))
  const { port } = network
  if (port === undefined) return { test, cost: 2 * costs.column }
  const column = side === 'local' ? 'localPort' : 'remotePort'
  return { test: (mirror, slot) => mirror.columns[column][slot] === port && test(mirror, slot), cost: 2 * costs.column }
}

/** An IPv4 block also holds IPv4 addresses mapped into IPv6; an IPv6 block holds addresses of IPv6 sockets only. */
export function networkWords({ address, bits }: Pick<NetworkTest, 'address' | 'bits'>): WordsTest {
  const wanted = addressWords(address)
  if (wanted === undefined) return () => false
  if (!address.includes(':')) {
    const mask = maskOf(bits, 0)
    const wanted3 = (wanted[3] & mask) >>> 0
    return (_family, v4, _word0, _word1, _word2, word3) => v4 && (word3 & mask) >>> 0 === wanted3
  }
  const [mask0, mask1, mask2, mask3] = [maskOf(bits, 0), maskOf(bits, 32), maskOf(bits, 64), maskOf(bits, 96)]
  const [wanted0, wanted1, wanted2, wanted3] = wanted
  return (family, _v4, word0, word1, word2, word3) =>
    family === 6 &&
    ((word0 ^ wanted0) & mask0) === 0 &&
    ((word1 ^ wanted1) & mask1) === 0 &&
    ((word2 ^ wanted2) & mask2) === 0 &&
    ((word3 ^ wanted3) & mask3) === 0
}

/** Mask of the 32-bit word that starts `before` bits into the address. */
function maskOf(bits: number, before: number): number {
  const own = Math.min(32, Math.max(0, bits - before))
  return own === 0 ? 0 : (0xffff_ffff << (32 - own)) >>> 0
}

/** The four words of an address without zone, IPv4 as ::ffff:a.b.c.d. */
export function addressWords(text: string): [number, number, number, number] | undefined {
  if (!ipaddr.isValid(text)) return undefined
  const address = ipaddr.parse(text)
  const bytes = address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress().toByteArray() : address.toByteArray()
  const view = new DataView(Uint8Array.from(bytes).buffer)
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)]
}
