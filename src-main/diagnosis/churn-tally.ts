/**
 * Openings and closings of outgoing connections per remote endpoint, from what each look did. A row that appears in TIME_WAIT was
 * opened and closed since the look before; one whose row in an open state went in the same look is that connection's last rest: on
 * Linux TIME_WAIT is another socket with another identity.
 */
import { protocols } from '../../src-shared/model/columns.ts'
import { stateCode, timeWaitCode } from '../../src-shared/model/tcp-state.ts'
import { remoteKey, type EndpointKey } from './endpoint-key.ts'
import type { ObservedTable } from './observed-table.ts'

const tcp = protocols.indexOf('tcp')
const finWait2Code = stateCode('FIN_WAIT_2')

/** What one look saw of an endpoint. */
export interface ChurnEvent {
  /** Unix milliseconds. */
  readonly at: number
  opened: number
  closed: number
  /** Connections that are open after the look. */
  open: number
}

export interface ChurningEndpoint {
  readonly key: EndpointKey
  /** Its rows, and those of them that are not closed. */
  rows: number
  open: number
  /** Of the window, oldest first; looks in which nothing happened are left out before the first. */
  events: ChurnEvent[]
}

export class ChurnTally {
  /** Endpoints with openings or closings within the window. */
  readonly active = new Set<ChurningEndpoint>()
  readonly #endpoints = new Map<EndpointKey, ChurningEndpoint>()
  #ofSlot: (ChurningEndpoint | undefined)[] = []
  /** By slot: 1 when the row's closing was counted. */
  #closed = new Uint8Array(0)
  #removedOpen: ReadonlyMap<ChurningEndpoint, ReadonlySet<number>> = new Map()

  /** Takes in the last look. Connections to `listening` ports of this machine came in, and do not count. */
  follow(table: ObservedTable, listening: ReadonlySet<number>, windowMs: number): void {
    this.#reserve(table.live.length)
    if (table.reset) this.#startAnew(table, listening)
    else this.#takeIn(table, listening)
    for (const endpoint of this.active) this.#settle(endpoint, table, windowMs)
  }

  /** Slots of an endpoint's rows: one pass over all slots, for endpoints that are to be told. */
  slotsOf(endpoint: ChurningEndpoint): number[] {
    const slots: number[] = []
    for (let slot = 0; slot < this.#ofSlot.length; slot += 1) if (this.#ofSlot[slot] === endpoint) slots.push(slot)
    return slots
  }

  #startAnew(table: ObservedTable, listening: ReadonlySet<number>): void {
    this.#endpoints.clear()
    this.active.clear()
    this.#ofSlot = Array.from({ length: table.mirror.top })
    this.#closed.fill(0)
    for (const slot of table.added) {
      const endpoint = this.#put(table, slot, listening)
      if (endpoint === undefined) continue
      if (table.mirror.columns.state[slot] === timeWaitCode) this.#closed[slot] = 1
      else endpoint.open += 1
    }
  }

  #takeIn(table: ObservedTable, listening: ReadonlySet<number>): void {
    this.#removedOpen = this.#remove(table)
    for (const slot of table.added) this.#add(table, slot, listening)
    const { state, stateSinceAt } = table.mirror.columns
    for (const slot of table.changed) {
      const endpoint = this.#ofSlot[slot]
      // A socket that was bound and now connects; any other row without an endpoint is none of ours.
      if (endpoint === undefined) {
        if (stateSinceAt[slot] === table.now) this.#add(table, slot, listening)
      } else if (state[slot] === timeWaitCode && this.#closed[slot] === 0) this.#close(endpoint, slot, table.now)
    }
  }

  /** Local ports of the open rows that went, by endpoint. */
  #remove({ removed, mirror: { columns }, now }: ObservedTable): Map<ChurningEndpoint, Set<number>> {
    const open = new Map<ChurningEndpoint, Set<number>>()
    for (const slot of removed) {
      const endpoint = this.#ofSlot[slot]
      if (endpoint === undefined) continue
      this.#ofSlot[slot] = undefined
      endpoint.rows -= 1
      if (this.#closed[slot] === 1) {
        if (endpoint.rows === 0 && !this.active.has(endpoint)) this.#endpoints.delete(endpoint.key)
        continue
      }
      this.#close(endpoint, slot, now)
      const ports = open.get(endpoint)
      if (ports === undefined) open.set(endpoint, new Set([columns.localPort[slot] as number]))
      else ports.add(columns.localPort[slot] as number)
    }
    return open
  }

  #add(table: ObservedTable, slot: number, listening: ReadonlySet<number>): void {
    const endpoint = this.#put(table, slot, listening)
    if (endpoint === undefined) return
    const { state, localPort } = table.mirror.columns
    const resting = state[slot] === timeWaitCode || state[slot] === finWait2Code
    if (resting && this.#removedOpen.get(endpoint)?.has(localPort[slot] as number) === true) {
      this.#closed[slot] = 1
      return
    }
    this.#eventOf(endpoint, table.now).opened += 1
    endpoint.open += 1
    if (state[slot] === timeWaitCode) this.#close(endpoint, slot, table.now)
  }

  /** Undefined for rows that do not count. */
  #put({ mirror: { columns } }: ObservedTable, slot: number, listening: ReadonlySet<number>): ChurningEndpoint | undefined {
    if (columns.remotePort[slot] === 0 || columns.protocol[slot] !== tcp || listening.has(columns.localPort[slot] as number))
      return undefined
    const key = remoteKey(columns, slot)
    let endpoint = this.#endpoints.get(key)
    if (endpoint === undefined) this.#endpoints.set(key, (endpoint = { key, rows: 0, open: 0, events: [] }))
    endpoint.rows += 1
    this.#ofSlot[slot] = endpoint
    this.#closed[slot] = 0
    return endpoint
  }

  #close(endpoint: ChurningEndpoint, slot: number, now: number): void {
    this.#closed[slot] = 1
    endpoint.open -= 1
    this.#eventOf(endpoint, now).closed += 1
  }

  #eventOf(endpoint: ChurningEndpoint, now: number): ChurnEvent {
    const last = endpoint.events.at(-1)
    if (last?.at === now) return last
    const event: ChurnEvent = { at: now, opened: 0, closed: 0, open: 0 }
    endpoint.events.push(event)
    this.active.add(endpoint)
    return event
  }

  /** Ends the look for an endpoint: forgets what is older than the window, and the endpoint when nothing is left of it. */
  #settle(endpoint: ChurningEndpoint, { now, jumped }: ObservedTable, windowMs: number): void {
    if (jumped) endpoint.events = []
    else this.#eventOf(endpoint, now).open = endpoint.open
    const events = endpoint.events.filter(({ at }) => now - at < windowMs)
    const alive = events.some(({ opened, closed }) => opened + closed > 0)
    endpoint.events = alive ? events : []
    if (alive) return
    this.active.delete(endpoint)
    if (endpoint.rows === 0) this.#endpoints.delete(endpoint.key)
  }

  #reserve(slots: number): void {
    if (slots <= this.#closed.length) return
    const grown = new Uint8Array(slots)
    grown.set(this.#closed)
    this.#closed = grown
  }
}
