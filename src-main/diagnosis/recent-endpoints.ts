/** The endpoints that one process lately called. */
import type { EndpointKey } from './endpoint-key.ts'

interface Endpoint {
  readonly host: EndpointKey
  readonly port: number
  lastSeenAt: number
}

/** One process cannot call more within a window: it has no more local ports than that towards one of them. */
const maximumEndpoints = 65_536

export class RecentEndpoints {
  readonly #endpoints = new Map<EndpointKey, Endpoint>()

  /** `key` is the endpoint's. */
  see(key: EndpointKey, host: EndpointKey, port: number, now: number): void {
    const known = this.#endpoints.get(key)
    if (known !== undefined) known.lastSeenAt = now
    else if (this.#endpoints.size < maximumEndpoints) this.#endpoints.set(key, { host, port, lastSeenAt: now })
  }

  /** Forgets what was last seen longer ago, or later than now: the clock was set back. */
  forget(now: number, windowMs: number): void {
    for (const [key, { lastSeenAt }] of this.#endpoints) if (lastSeenAt > now || now - lastSeenAt > windowMs) this.#endpoints.delete(key)
  }

  get size(): number {
    return this.#endpoints.size
  }

  count(): { readonly hosts: number; readonly ports: number } {
    const hosts = new Set<EndpointKey>()
    const ports = new Set<number>()
    for (const { host, port } of this.#endpoints.values()) {
      hosts.add(host)
      ports.add(port)
    }
    return { hosts: hosts.size, ports: ports.size }
  }
}
