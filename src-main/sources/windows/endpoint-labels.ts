/** String references of services and IPv6 zones, asked from the system once per service and table session. */
import type { RowTable } from '../../table/row-table.ts'
import type { StringTable } from '../../table/string-table.ts'

/** A machine has a few hundred services; pids that came and went make the rest, and all of it is asked again when this is reached. */
const mostServices = 4096

export class EndpointLabels {
  readonly #nameOf: (pid: number, tag: number) => string | undefined
  readonly #names = new Map<string, string | undefined>()
  readonly #services = new Map<string, number>()
  readonly #scopes = new Map<number, number>()
  #strings: StringTable | undefined
  #sequence = 0

  constructor(nameOf: (pid: number, tag: number) => string | undefined) {
    this.#nameOf = nameOf
  }

  /** Call before each look: references belong to one string table. */
  useTable(table: RowTable): void {
    this.#sequence = table.sequence
    if (this.#names.size >= mostServices) {
      this.#names.clear()
      this.#services.clear()
    }
    if (this.#strings === table.strings) return
    this.#strings = table.strings
    this.#services.clear()
    this.#scopes.clear()
  }

  service(pid: number, tag: number): number {
    const key = `${pid} ${tag}`
    const known = this.#services.get(key)
    if (known !== undefined) return known
    if (!this.#names.has(key)) this.#names.set(key, this.#nameOf(pid, tag))
    const name = this.#names.get(key)
    const reference = name === undefined ? 0 : this.#intern(name)
    this.#services.set(key, reference)
    return reference
  }

  scope(scope: number): number {
    const known = this.#scopes.get(scope)
    if (known !== undefined) return known
    const reference = this.#intern(String(scope))
    this.#scopes.set(scope, reference)
    return reference
  }

  #intern(text: string): number {
    return this.#strings?.intern(text, this.#sequence) ?? 0
  }
}
