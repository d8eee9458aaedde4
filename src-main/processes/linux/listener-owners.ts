/**
 * Who would be given a connection that nobody accepted yet: the owners of the listener nearest to its local address. One pass over
 * the rows, then a fixed number of look-ups per connection, so that nobody can make a look slow by many of both on one port.
 */
import { isUnspecified } from '../../../src-shared/model/address.ts'
import { listenCode } from '../../../src-shared/model/tcp-state.ts'
import { familyOfHead, recordWord, recordWords, stateOfHead } from '../../table/row-record.ts'
import { maximumOwners, type RowTable } from '../../table/row-table.ts'

type Owners = Set<number>

interface Port {
  /** By family and address words. */
  readonly exact: Map<string, Owners>
  /** Listeners on any address, by family. */
  readonly any: Map<number, Owners>
}

const nobody: readonly number[] = []

export class ListenerOwners {
  readonly #table: RowTable
  readonly #ports = new Map<number, Port>()
  /** One list per listening address, however many connections wait there. */
  readonly #lists = new Map<Owners, readonly number[]>()

  constructor(table: RowTable) {
    this.#table = table
    for (let slot = 0; slot < table.top; slot += 1)
      if (table.live[slot] === 1 && stateOfHead(table.records[slot * recordWords + recordWord.head] as number) === listenCode)
        this.#add(slot)
  }

  /**
   * Process references, as the kernel looks for a listener: the address itself, any address of the same family, any address of IPv6
   * for IPv4 (a handshake of IPv4 with a listener of IPv6 is still IPv4). Several may listen on one address (SO_REUSEPORT); nobody
   * can tell which of them will be given the connection, so all are told.
   */
  of(connection: number): readonly number[] {
    const port = this.#ports.get(this.#portOf(connection))
    if (port === undefined) return nobody
    const family = this.#familyOf(connection)
    const address = this.#addressOf(connection)
    const owners =
      port.exact.get(`${family} ${address}`) ??
      (family === 4 ? port.exact.get(`6 ${address}`) : undefined) ??
      port.any.get(family) ??
      (family === 4 ? port.any.get(6) : undefined)
    return owners === undefined ? nobody : this.#listOf(owners)
  }

  #add(slot: number): void {
    const port = this.#portAt(this.#portOf(slot))
    const family = this.#familyOf(slot)
    const base = slot * recordWords + recordWord.local
    const { records } = this.#table
    const word = (at: number): number => records[base + at] as number
    const owners: Owners = isUnspecified(family, word(0), word(1), word(2), word(3))
      ? getOrAdd(port.any, family)
      : getOrAdd(port.exact, `${family} ${this.#addressOf(slot)}`)
    for (const owner of this.#table.ownersOf(slot)) if (owners.size < maximumOwners) owners.add(owner)
  }

  #listOf(owners: Owners): readonly number[] {
    const known = this.#lists.get(owners)
    if (known !== undefined) return known
    const list = [...owners]
    this.#lists.set(owners, list)
    return list
  }

  #portAt(number: number): Port {
    const known = this.#ports.get(number)
    if (known !== undefined) return known
    const port: Port = { exact: new Map(), any: new Map() }
    this.#ports.set(number, port)
    return port
  }

  #portOf(slot: number): number {
    return (this.#table.records[slot * recordWords + recordWord.ports] as number) >>> 16
  }

  #familyOf(slot: number): number {
    return familyOfHead(this.#table.records[slot * recordWords + recordWord.head] as number)
  }

  #addressOf(slot: number): string {
    const base = slot * recordWords + recordWord.local
    const { records } = this.#table
    return `${records[base]} ${records[base + 1]} ${records[base + 2]} ${records[base + 3]}`
  }
}

function getOrAdd<Key>(map: Map<Key, Owners>, key: Key): Owners {
  const known = map.get(key)
  if (known !== undefined) return known
  const owners: Owners = new Set()
  map.set(key, owners)
  return owners
}
