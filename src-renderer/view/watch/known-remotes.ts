/** Remote addresses that a rule has met: those of all connections that are there, and for a while those of connections that are gone. */

/** Addresses without a connection that are remembered; the oldest go first. A scan must not fill the memory. */
const maximumGone = 20_000

export class KnownRemotes {
  /** Connections that are there, by address. */
  readonly #live = new Map<string, number>()
  /** In the order in which their last connection went. */
  readonly #gone = new Set<string>()

  /** A connection came; true when its address is new. */
  meet(address: string): boolean {
    const count = this.#live.get(address) ?? 0
    this.#live.set(address, count + 1)
    return !this.#gone.delete(address) && count === 0
  }

  /** A connection that was met went. */
  leave(address: string): void {
    const count = this.#live.get(address) ?? 0
    if (count > 1) this.#live.set(address, count - 1)
    else if (this.#live.delete(address)) this.#remember(address)
  }

  /** All connections are told anew; their addresses stay known. */
  leaveAll(): void {
    for (const address of this.#live.keys()) this.#remember(address)
    this.#live.clear()
  }

  #remember(address: string): void {
    this.#gone.add(address)
    const [oldest] = this.#gone
    if (this.#gone.size > maximumGone && oldest !== undefined) this.#gone.delete(oldest)
  }
}
