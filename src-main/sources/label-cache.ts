/** String references of user ids and interface indexes. Users and interfaces come and go: what was asked is kept for a while only. */
import type { RowTable } from '../table/row-table.ts'
import type { StringTable } from '../table/string-table.ts'

export interface Names {
  userName(uid: number): string | undefined
  interfaceName(index: number): string | undefined
  /** Another number when user names changed, where that is known before they are asked for again. */
  generation?(): number
}

/** An interface may be renamed, and its index given to another one. */
const namesHoldMs = 60_000

/** What a decoder needs of the cache. */
export interface LabelReferences {
  /** String reference of a user id. */
  user(uid: number): number
  /** String reference of an interface index. */
  interface(index: number): number
}

export class LabelCache implements LabelReferences {
  readonly #names: Names
  readonly #users = new Map<number, number>()
  readonly #interfaces = new Map<number, number>()
  #strings: StringTable | undefined
  #sequence = 0
  #askedAt = 0
  #generation: number | undefined

  constructor(names: Names) {
    this.#names = names
  }

  /** Call before each look: references belong to one string table. */
  useTable(table: RowTable): void {
    this.#sequence = table.sequence
    const generation = this.#names.generation?.()
    const isOld = Math.abs(table.takenAt - this.#askedAt) >= namesHoldMs // either way: the clock may be set
    if (this.#strings === table.strings && generation === this.#generation && !isOld) return
    this.#strings = table.strings
    this.#generation = generation
    this.#askedAt = table.takenAt
    this.#users.clear()
    this.#interfaces.clear()
  }

  user(uid: number): number {
    const known = this.#users.get(uid)
    if (known !== undefined) return known
    const reference = this.#intern(this.#names.userName(uid) ?? String(uid))
    this.#users.set(uid, reference)
    return reference
  }

  interface(index: number): number {
    const known = this.#interfaces.get(index)
    if (known !== undefined) return known
    const reference = this.#intern(this.#names.interfaceName(index) ?? `#${index}`)
    this.#interfaces.set(index, reference)
    return reference
  }

  /** Of a name that the system told as text. */
  text(name: string): number {
    return this.#intern(name)
  }

  #intern(text: string): number {
    return this.#strings?.intern(text, this.#sequence) ?? 0
  }
}
