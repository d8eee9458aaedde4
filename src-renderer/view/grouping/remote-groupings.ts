/**
 * Rows by whom they talk to. Rows without a peer are in no group. An IPv4 peer of an IPv6 socket is that IPv4 peer. By host: addresses of
 * one name together, those without a known name each on its own.
 */
import { addressText, isUnspecified, isV4Mapped } from '../../../src-shared/model/address.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { grown } from '../grown.ts'
import { inNoGroup, type GroupId, type Grouping } from './row-groups.ts'

export const remoteGroupings = ['address', 'network', 'host'] as const
export type RemoteGrouping = (typeof remoteGroupings)[number]

/** Bits that the hosts of one network share: what one site gets (IPv4 by habit, IPv6 by RFC 4291 section 2.5.4). */
const networkBits = { v4: 24, v6: 64 } as const

export function groupingByRemote(by: RemoteGrouping): Grouping {
  return new ByRemote(by)
}

export interface RemoteSubject {
  /** Canonical text, of the first address of a network. */
  readonly address: string
  readonly bits: number
  readonly isIpv4: boolean
}

/** What the rows of a group have in common, told from any of them. */
export function remoteSubject({ columns }: RowMirror, slot: number, by: RemoteGrouping): RemoteSubject {
  const { family, remote0, remote1, remote2, remote3 } = columns
  const words = [remote0[slot] ?? 0, remote1[slot] ?? 0, remote2[slot] ?? 0, remote3[slot] ?? 0] as const
  const isIpv4 = family[slot] === 4 || isV4Mapped(words[0], words[1], words[2])
  const network = by === 'network'
  if (isIpv4) {
    const word = network ? (words[3] & 0xffffff00) >>> 0 : words[3]
    return { address: addressText(4, 0, 0, 0xffff, word), bits: network ? networkBits.v4 : 32, isIpv4 }
  }
  const [low, lowest] = network ? [0, 0] : [words[2], words[3]]
  return { address: addressText(6, words[0], words[1], low, lowest), bits: network ? networkBits.v6 : 128, isIpv4 }
}

/** Addresses in the order of their numbers, IPv4 first; IPv6 as exactly as a double holds them. */
export function remoteRank({ columns }: RowMirror, slot: number): number {
  const { family, remote0, remote1, remote2, remote3 } = columns
  const words = [remote0[slot] ?? 0, remote1[slot] ?? 0, remote2[slot] ?? 0, remote3[slot] ?? 0] as const
  if (family[slot] === 4 || isV4Mapped(words[0], words[1], words[2])) return words[3]
  return 2 ** 32 + words[0] * 2 ** 96 + words[1] * 2 ** 64 + words[2] * 2 ** 32 + words[3]
}

/** Remembers the group of each row: a peer hardly ever changes, and making a key of its address costs more than comparing it. */
class ByRemote implements Grouping {
  readonly #by: RemoteGrouping
  #names = 0
  #session: string | undefined
  #top = 0
  #rows = new Uint32Array(0)
  #prints = new Uint32Array(0)
  #groups = new Int32Array(0)

  constructor(by: RemoteGrouping) {
    this.#by = by
  }

  begin(mirror: RowMirror, idOf: (key: string | number) => GroupId): (slot: number) => GroupId {
    const { rowId, remote0, remote1, remote2, remote3, remotePort } = mirror.columns
    // Row ids start at 1. Slots beyond the top are not visited while their groups may be given up.
    const renamed = this.#by === 'host' && mirror.names.version !== this.#names
    this.#names = mirror.names.version
    if (renamed || mirror.session !== this.#session) this.#rows.fill(0)
    else if (mirror.top < this.#top) this.#rows.fill(0, mirror.top)
    this.#session = mirror.session
    this.#top = mirror.top
    this.#rows = grown(this.#rows, rowId.length)
    this.#prints = grown(this.#prints, rowId.length)
    this.#groups = grown(this.#groups, rowId.length)
    return (slot) => {
      const high = Math.imul((remote0[slot] as number) ^ Math.imul(remote1[slot] as number, 0x9e3779b1), 0x85ebca6b)
      const print =
        (high ^ Math.imul(remote2[slot] as number, 0xc2b2ae35) ^ (remote3[slot] as number) ^ ((remotePort[slot] as number) << 16)) >>> 0
      if (this.#rows[slot] !== rowId[slot] || this.#prints[slot] !== print) {
        this.#rows[slot] = rowId[slot] as number
        this.#prints[slot] = print
        this.#groups[slot] = this.#groupOf(mirror, slot, idOf)
      }
      return this.#groups[slot] as number
    }
  }

  #groupOf({ columns, names }: RowMirror, slot: number, idOf: (key: string | number) => GroupId): GroupId {
    const { family, remote0, remote1, remote2, remote3, remotePort } = columns
    const words = [remote0[slot] as number, remote1[slot] as number, remote2[slot] as number, remote3[slot] as number] as const
    if (remotePort[slot] === 0 && isUnspecified(family[slot] ?? 4, ...words)) return inNoGroup
    const host = this.#by === 'host' ? names.readRemote(columns, slot).host : undefined
    if (host !== undefined) return idOf(`=${host.toLowerCase()}`)
    const network = this.#by === 'network'
    if (family[slot] === 4 || isV4Mapped(words[0], words[1], words[2])) return idOf(network ? words[3] >>> 8 : words[3])
    return idOf(network ? `${words[0]}:${words[1]}` : words.join(':'))
  }
}
