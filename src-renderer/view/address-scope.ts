/** What can be asked about an address, from its text alone. The host decides; this only says beforehand what it would say. */
import { isLoopback, isPrivate } from '../../src-shared/model/address.ts'
import { addressWords } from '../../src-shared/query/compile-address.ts'

/** Loopback, multicast, unspecified and broadcast addresses belong to nobody. */
export function namesNobody(address: string): boolean {
  const words = addressWords(address)
  if (words === undefined || isLoopback(...words)) return true
  const [word0, word1, word2, word3] = words
  if (address.includes(':')) return word0 >>> 24 === 0xff || (word0 === 0 && word1 === 0 && word2 === 0 && word3 === 0)
  return word3 >>> 28 >= 14 || word3 >>> 24 === 0
}

export function isPrivateText(address: string): boolean {
  const words = addressWords(address)
  return words !== undefined && isPrivate(...words)
}
