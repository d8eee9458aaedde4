/**
 * What is known so far about remote addresses: host name, country, network. Filled by whoever can ask; a question about an address that
 * is not known is answered by nothing and remembered as wanted, so that only what somebody looks at is ever asked for.
 */
import { addressText, isV4Mapped } from './address.ts'
import type { Columns } from './columns.ts'
import type { ServiceNames } from './service-names.ts'

export interface KnownAbout {
  /** What the address is called by whoever runs it (PTR record). Punycode stays as it is. */
  readonly host?: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  /** Number of the autonomous system. */
  readonly asn?: number
  /** Its name. */
  readonly network?: string
}

/** More addresses than a busy server talks to in a day of looking; beyond this those learned first are forgotten. About ten megabytes. */
const maximumKnown = 50_000
/** What is wanted beyond this is wanted again when it is looked at again. */
const maximumWanted = 5000

const nothing: KnownAbout = {}

/** `AS64496 Example`, as far as known. */
export function networkText({ asn, network }: KnownAbout): string | undefined {
  const parts = [asn === undefined ? undefined : `AS${asn}`, network].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(' ')
}

export class KnownNames {
  /** Raised when something was learned that was not known yet, or forgotten. */
  version = 0
  /** Undefined while names of ports are unknown or not wanted. */
  services: ServiceNames | undefined
  /** Told when the first address is wanted. */
  onWanted: (() => void) | undefined
  /** IPv4 by its number, IPv6 by its text. */
  readonly #known = new Map<number | string, KnownAbout>()
  readonly #wanted = new Map<number | string, string>()
  /** Those whose host name is still being looked up. */
  readonly #hostPending = new Set<number | string>()

  /** `address`: canonical text, as rows write it. `hostPending`: its host name is still being looked up. */
  learn(address: string, about: KnownAbout, hostPending = false): void {
    const key = keyOf(address)
    const before = this.#known.get(key)
    const [oldest] = this.#known.keys()
    if (before === undefined && this.isFull && oldest !== undefined) this.#forgetOne(oldest)
    this.#known.set(key, about)
    if (hostPending) this.#hostPending.add(key)
    else this.#hostPending.delete(key)
    this.#wanted.delete(key)
    if (before === undefined || !saysTheSame(before, about)) this.version += 1
  }

  /** Another address that is learned takes the place of one that is known. */
  get isFull(): boolean {
    return this.#known.size >= maximumKnown
  }

  /** Makes room: forgets addresses that none of these rows has. The rows must have one. */
  keepRemotesOf(columns: Columns, slots: Iterable<number>): void {
    const kept = new Set<number | string>()
    for (const slot of slots) kept.add(remoteKey(columns, slot))
    for (const key of this.#known.keys()) if (!kept.has(key)) this.#forgetOne(key)
    this.version += 1
  }

  forget(): void {
    this.#forgetKnown()
    this.#wanted.clear()
    this.version += 1
  }

  /** Nobody looks host names up any longer: what is known now is all there is. */
  giveUpHosts(): void {
    this.#hostPending.clear()
  }

  /** Whether all that can be told of the row's remote address is here; with `host` its host name too, or that it has none. */
  isSettled(columns: Columns, slot: number, { host }: { readonly host: boolean }): boolean {
    const key = remoteKey(columns, slot)
    return this.#known.has(key) && !(host && this.#hostPending.has(key))
  }

  ofAddress(address: string): KnownAbout {
    return this.#known.get(keyOf(address)) ?? nothing
  }

  /** Of the row's remote address; asks nobody. The row must have one. */
  ofRemote(columns: Columns, slot: number): KnownAbout {
    return this.#known.get(remoteKey(columns, slot)) ?? nothing
  }

  /** The same for somebody who reads it: an unknown address is wanted from now on. */
  readRemote(columns: Columns, slot: number): KnownAbout {
    const key = remoteKey(columns, slot)
    const about = this.#known.get(key)
    if (about === undefined) this.#want(key, typeof key === 'string' ? key : remoteText(columns, slot))
    return about ?? nothing
  }

  /** An address that somebody reads about. */
  readAddress(address: string): KnownAbout {
    const key = keyOf(address)
    const about = this.#known.get(key)
    if (about === undefined) this.#want(key, address)
    return about ?? nothing
  }

  get hasWanted(): boolean {
    return this.#wanted.size > 0
  }

  /** Takes up to so many of the wanted addresses. */
  takeWanted(count: number): string[] {
    const taken: string[] = []
    for (const [key, address] of this.#wanted) {
      if (taken.length === count) break
      taken.push(address)
      this.#wanted.delete(key)
    }
    return taken
  }

  #forgetOne(key: number | string): void {
    this.#known.delete(key)
    this.#hostPending.delete(key)
  }

  #forgetKnown(): void {
    this.#known.clear()
    this.#hostPending.clear()
  }

  #want(key: number | string, address: string): void {
    if (this.#wanted.size >= maximumWanted || this.#wanted.has(key)) return
    this.#wanted.set(key, address)
    if (this.#wanted.size === 1) this.onWanted?.()
  }
}

function saysTheSame(left: KnownAbout, right: KnownAbout): boolean {
  return left.host === right.host && left.country === right.country && left.asn === right.asn && left.network === right.network
}

function remoteKey({ family, remote0, remote1, remote2, remote3 }: Columns, slot: number): number | string {
  const word0 = remote0[slot] ?? 0
  const word1 = remote1[slot] ?? 0
  const word2 = remote2[slot] ?? 0
  const word3 = remote3[slot] ?? 0
  return family[slot] === 4 || isV4Mapped(word0, word1, word2) ? word3 : addressText(6, word0, word1, word2, word3)
}

function remoteText({ remote3 }: Columns, slot: number): string {
  return addressText(4, 0, 0, 0, remote3[slot] ?? 0)
}

function keyOf(address: string): number | string {
  if (address.includes(':')) return address
  const [first = 0, second = 0, third = 0, fourth = 0] = address.split('.').map(Number)
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0
}
