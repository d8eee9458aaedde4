/**
 * Rows per destination: one local address, one remote address and port, the tuple within which each connection needs a local port of
 * its own. Kept up to date from what each look did; nothing is counted anew while the range of ports stays the same.
 */
import { protocols } from '../../src-shared/model/columns.ts'
import type { Columns } from '../../src-shared/model/columns.ts'
import { localHostKey, remoteKey, type EndpointKey } from './endpoint-key.ts'
import type { ObservedTable } from './observed-table.ts'
import { isWithin, type PortRange } from './port-range.ts'

const tcp = protocols.indexOf('tcp')
/** Smaller destinations cannot be short of ports: they are not looked at in a look. */
const fewRows = 8

export interface Destination {
  readonly local: EndpointKey
  readonly remote: EndpointKey
  rows: number
}

export class DestinationTally {
  /** Destinations with more than a few rows. */
  readonly busy = new Set<Destination>()
  readonly #byLocal = new Map<EndpointKey, Map<EndpointKey, Destination>>()
  #ofSlot: (Destination | undefined)[] = []
  #range: PortRange = { first: 0, last: -1 }

  /** Takes in the last look. `range` are the local ports that count. */
  follow(table: ObservedTable, range: PortRange): void {
    if (table.reset || range.first !== this.#range.first || range.last !== this.#range.last) this.#startAnew(table, range)
    else {
      for (const slot of table.removed) this.#drop(slot)
      for (const slot of table.added) this.#put(table, slot)
      // A row that was only bound may have got a remote endpoint; one that has a destination keeps it.
      for (const slot of table.changed) if (this.#ofSlot[slot] === undefined) this.#put(table, slot)
    }
  }

  /** Slots of a destination's rows: one pass over all slots, for destinations that are to be told. */
  slotsOf(destination: Destination): number[] {
    const slots: number[] = []
    for (let slot = 0; slot < this.#ofSlot.length; slot += 1) if (this.#ofSlot[slot] === destination) slots.push(slot)
    return slots
  }

  #startAnew(table: ObservedTable, range: PortRange): void {
    this.#range = range
    this.#ofSlot = Array.from({ length: table.mirror.top })
    this.#byLocal.clear()
    this.busy.clear()
    for (let slot = 0; slot < table.mirror.top; slot += 1) if (table.live[slot] === 1) this.#put(table, slot)
  }

  #put({ mirror: { columns } }: ObservedTable, slot: number): void {
    if (!this.#counts(columns, slot)) return
    const local = localHostKey(columns, slot)
    const remote = remoteKey(columns, slot)
    let byRemote = this.#byLocal.get(local)
    if (byRemote === undefined) this.#byLocal.set(local, (byRemote = new Map()))
    let destination = byRemote.get(remote)
    if (destination === undefined) byRemote.set(remote, (destination = { local, remote, rows: 0 }))
    destination.rows += 1
    this.#ofSlot[slot] = destination
    if (destination.rows === fewRows) this.busy.add(destination)
  }

  #drop(slot: number): void {
    const destination = this.#ofSlot[slot]
    if (destination === undefined) return
    this.#ofSlot[slot] = undefined
    destination.rows -= 1
    if (destination.rows < fewRows) this.busy.delete(destination)
    if (destination.rows > 0) return
    const byRemote = this.#byLocal.get(destination.local)
    byRemote?.delete(destination.remote)
    if (byRemote?.size === 0) this.#byLocal.delete(destination.local)
  }

  #counts({ protocol, localPort, remotePort }: Columns, slot: number): boolean {
    return remotePort[slot] !== 0 && protocol[slot] === tcp && isWithin(localPort[slot] as number, this.#range)
  }
}
