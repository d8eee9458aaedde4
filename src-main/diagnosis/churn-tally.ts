/**
 * Openings and closings of outgoing connections per remote endpoint, from what each look did. A row that appears in TIME_WAIT was
 * opened and closed since the look before; one whose row in an open state went in the same look is that connection's last rest: on
 * Linux TIME_WAIT is another socket with another identity.
 *
 * Within one machine a connection has two rows, of which only the calling one counts. But the rest in TIME_WAIT is with the end that
 * closed first: where that is the server and the connection was brief, its row is all that is ever seen of the call.
 */
import { protocols } from '../../src-shared/model/columns.ts'
import { stateCode, timeWaitCode } from '../../src-shared/model/tcp-state.ts'
import { localHostKey, localKey, remoteHostKey, remoteKey, type EndpointKey } from './endpoint-key.ts'
import type { ObservedTable } from './observed-table.ts'

const tcp = protocols.indexOf('tcp')
const finWait2Code = stateCode('FIN_WAIT_2')

/** What a row stands for: a call that is open, one whose closing was counted, or the called end of a call within this machine. */
const openCall = 0
const closedCall = 1
const calledEnd = 2

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
  /** By slot: what the row stands for. */
  #role = new Uint8Array(0)
  /** Calling ports of connections whose row in an open state went in this look. */
  #gone: ReadonlyMap<ChurningEndpoint, ReadonlySet<number>> = new Map()

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
    for (const slot of table.added) {
      const endpoint = this.#put(table, slot, listening)
      if (endpoint === undefined) continue
      if (table.mirror.columns.state[slot] === timeWaitCode) this.#role[slot] = closedCall
      else if (this.#role[slot] === openCall) endpoint.open += 1
    }
  }

  #takeIn(table: ObservedTable, listening: ReadonlySet<number>): void {
    this.#gone = this.#remove(table)
    for (const slot of table.added) this.#add(table, slot, listening)
    const { state, stateSinceAt } = table.mirror.columns
    for (const slot of table.changed) {
      const endpoint = this.#ofSlot[slot]
      // A socket that was bound and now connects; any other row without an endpoint is none of ours.
      if (endpoint === undefined) {
        if (stateSinceAt[slot] === table.now) this.#add(table, slot, listening)
      } else if (state[slot] === timeWaitCode && this.#role[slot] === openCall) this.#close(endpoint, slot, table.now)
    }
  }

  #remove({ removed, mirror: { columns }, now }: ObservedTable): Map<ChurningEndpoint, Set<number>> {
    const gone = new Map<ChurningEndpoint, Set<number>>()
    for (const slot of removed) {
      const endpoint = this.#ofSlot[slot]
      if (endpoint === undefined) continue
      this.#ofSlot[slot] = undefined
      endpoint.rows -= 1
      const role = this.#role[slot]
      if (role !== closedCall) {
        const port = (role === calledEnd ? columns.remotePort : columns.localPort)[slot] as number
        gone.set(endpoint, (gone.get(endpoint) ?? new Set()).add(port))
      }
      if (role === openCall) this.#close(endpoint, slot, now)
      if (endpoint.rows === 0 && !this.active.has(endpoint)) this.#endpoints.delete(endpoint.key)
    }
    return gone
  }

  #add(table: ObservedTable, slot: number, listening: ReadonlySet<number>): void {
    const endpoint = this.#put(table, slot, listening)
    if (endpoint === undefined) return
    const { state, localPort, remotePort } = table.mirror.columns
    const isCalled = this.#role[slot] === calledEnd
    const resting = state[slot] === timeWaitCode || state[slot] === finWait2Code
    const callingPort = (isCalled ? remotePort : localPort)[slot] as number
    if (resting && this.#gone.get(endpoint)?.has(callingPort) === true) this.#role[slot] = closedCall
    else if (!isCalled || state[slot] === timeWaitCode) {
      this.#eventOf(endpoint, table.now).opened += 1
      endpoint.open += 1
      if (state[slot] === timeWaitCode) this.#close(endpoint, slot, table.now)
    }
  }

  /** Undefined for rows that do not count: what came in from elsewhere, what has no peer, what is not TCP. */
  #put({ mirror: { columns } }: ObservedTable, slot: number, listening: ReadonlySet<number>): ChurningEndpoint | undefined {
    if (columns.remotePort[slot] === 0 || columns.protocol[slot] !== tcp) return undefined
    const cameIn = listening.has(columns.localPort[slot] as number)
    if (cameIn && localHostKey(columns, slot) !== remoteHostKey(columns, slot)) return undefined
    const key = cameIn ? localKey(columns, slot) : remoteKey(columns, slot)
    let endpoint = this.#endpoints.get(key)
    if (endpoint === undefined) this.#endpoints.set(key, (endpoint = { key, rows: 0, open: 0, events: [] }))
    endpoint.rows += 1
    this.#ofSlot[slot] = endpoint
    this.#role[slot] = cameIn ? calledEnd : openCall
    return endpoint
  }

  #close(endpoint: ChurningEndpoint, slot: number, now: number): void {
    this.#role[slot] = closedCall
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
    if (slots <= this.#role.length) return
    const grown = new Uint8Array(slots)
    grown.set(this.#role)
    this.#role = grown
  }
}
