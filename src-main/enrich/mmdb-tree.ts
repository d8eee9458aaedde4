/** The search tree of the MaxMind DB format 2.0 (section "Binary Search Tree Section"): from an address to where its record lies. */
import ipaddr from 'ipaddr.js'
import { MmdbDamage } from './mmdb-decoder.ts'

export interface MmdbTreeFacts {
  readonly nodeCount: number
  readonly recordBits: 24 | 28 | 32
  readonly ipVersion: 4 | 6
}

/** Zero bytes between the tree and the data. */
export const separatorBytes = 16
/** In a tree of IPv6, IPv4 addresses lie under so many zero bits. */
const ipv4PrefixBits = 96

export class MmdbTree {
  readonly #bytes: Buffer
  readonly #facts: MmdbTreeFacts
  readonly #ipv4Root: number

  /** Throws `MmdbDamage` when the tree does not fit into the bytes. */
  constructor(bytes: Buffer, facts: MmdbTreeFacts) {
    this.#bytes = bytes
    this.#facts = facts
    if (this.byteLength + separatorBytes > bytes.length) throw new MmdbDamage('the tree is larger than the file')
    this.#ipv4Root =
      facts.ipVersion === 4
        ? 0
        : this.#walk(
            0,
            Array.from({ length: ipv4PrefixBits }, () => 0),
          )
  }

  get byteLength(): number {
    return (this.#facts.nodeCount * this.#facts.recordBits) / 4
  }

  /** Where in the bytes the record of an address begins; undefined when there is none, or no such address. */
  find(address: string): number | undefined {
    if (!ipaddr.isValid(address)) return undefined
    const octets = ipaddr.process(address).toByteArray()
    const isIpv4 = octets.length === 4
    const { nodeCount, ipVersion } = this.#facts
    if (!isIpv4 && ipVersion === 4) return undefined
    const bits = octets.flatMap((octet) => Array.from({ length: 8 }, (_, bit) => (octet >> (7 - bit)) & 1))
    const found = this.#walk(isIpv4 ? this.#ipv4Root : 0, bits)
    return found > nodeCount ? found - nodeCount + this.byteLength : undefined
  }

  #walk(from: number, bits: readonly number[]): number {
    let node = from
    for (const bit of bits) {
      if (node >= this.#facts.nodeCount) break
      node = this.#child(node, bit)
    }
    return node
  }

  #child(node: number, side: number): number {
    const { recordBits } = this.#facts
    const at = (node * recordBits) / 4
    const bytes = this.#bytes
    if (recordBits === 24) return bytes.readUIntBE(at + side * 3, 3)
    if (recordBits === 32) return bytes.readUInt32BE(at + side * 4)
    // The middle byte has the highest four bits of both.
    const middle = bytes.readUInt8(at + 3)
    return side === 0 ? (middle >> 4) * 2 ** 24 + bytes.readUIntBE(at, 3) : (middle & 15) * 2 ** 24 + bytes.readUIntBE(at + 4, 3)
  }
}
