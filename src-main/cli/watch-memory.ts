import { endpointText } from '../../src-shared/model/address.ts'
import { connectionAt, type Connection } from '../../src-shared/model/connection.ts'
import type { RowPredicate } from '../../src-shared/query/index.ts'
import type { AppliedSlots, RowMirror } from '../../src-shared/model/row-mirror.ts'

export interface FieldChange {
  readonly from?: string
  readonly to?: string
}

export const watchedFields = ['state', 'owners', 'remote'] as const
export type WatchedField = (typeof watchedFields)[number]

export interface WatchEvent {
  readonly event: 'present' | 'opened' | 'changed' | 'closed'
  readonly connection: Connection
  readonly changes?: Readonly<Partial<Record<WatchedField, FieldChange>>>
}

interface Remembered {
  readonly connection: Connection
  readonly matched: boolean
}

/**
 * Turns what a look changed into events. It keeps the last public object of every row: the removed row's slot may be used again and
 * its owners forgotten, and a change needs its "from".
 */
export class WatchMemory {
  #rows = new Map<string, Remembered>()

  /** The slots of removed rows are released. */
  events(mirror: RowMirror, slots: AppliedSlots, matches: RowPredicate): WatchEvent[] {
    const events: WatchEvent[] = []
    const before = this.#rows
    if (slots.reset) {
      this.#rows = new Map()
      const live = liveIdentities(mirror)
      for (const [id, { connection, matched }] of before) if (matched && !live.has(id)) events.push({ event: 'closed', connection })
    }
    for (const slot of slots.removed) {
      const id = mirror.identityOf(slot)
      const last = this.#rows.get(id)
      this.#rows.delete(id)
      mirror.release(slot)
      if (last?.matched) events.push({ event: 'closed', connection: last.connection })
    }
    const touched = slots.reset ? [...mirror.liveSlots()] : [...slots.added, ...slots.changed]
    for (const slot of touched) {
      const connection = connectionAt(mirror, slot)
      const last = before.get(connection.id)
      const matched = matches(mirror, slot)
      this.#rows.set(connection.id, { connection, matched })
      const event = eventOf(last, connection, matched)
      if (event !== undefined) events.push(event)
    }
    return events
  }

  /** The first look: what is there already. */
  begin(mirror: RowMirror, matches: RowPredicate): WatchEvent[] {
    const events: WatchEvent[] = []
    for (const slot of mirror.liveSlots()) {
      const connection = connectionAt(mirror, slot)
      const matched = matches(mirror, slot)
      this.#rows.set(connection.id, { connection, matched })
      if (matched) events.push({ event: 'present', connection })
    }
    return events
  }
}

function liveIdentities(mirror: RowMirror): Set<string> {
  const identities = new Set<string>()
  for (const slot of mirror.liveSlots()) identities.add(mirror.identityOf(slot))
  return identities
}

function eventOf(last: Remembered | undefined, connection: Connection, matched: boolean): WatchEvent | undefined {
  if (last === undefined) return matched ? { event: 'opened', connection } : undefined
  if (!matched && !last.matched) return undefined
  const changes: Partial<Record<WatchedField, FieldChange>> = {}
  for (const field of watchedFields) {
    const from = fieldText(last.connection, field)
    const to = fieldText(connection, field)
    if (from !== to) changes[field] = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  }
  return Object.keys(changes).length === 0 ? undefined : { event: 'changed', connection, changes }
}

function fieldText(connection: Connection, field: WatchedField): string | undefined {
  switch (field) {
    case 'state':
      return connection.state
    case 'owners':
      return connection.owners.length === 0 ? undefined : connection.owners.map(({ name, pid }) => `${name ?? ''}[${pid}]`).join(', ')
    case 'remote':
      return connection.remote && endpointText(connection.remote.address, connection.remote.port)
  }
}
