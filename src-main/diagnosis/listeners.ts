/** TCP listeners, and which of them a connection came in by. */
import { endpointText } from '../../src-shared/model/address.ts'
import { isWildcard } from '../../src-shared/model/address-scope.ts'
import { absentCount } from '../../src-shared/model/columns.ts'
import { localAddressText } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { groupBy } from './group-by.ts'
import { localKey, type EndpointKey } from './endpoint-key.ts'

/** One local endpoint; several rows where programs share it (SO_REUSEPORT), each with a queue of its own. */
export interface Listener {
  /** Its endpoint as text: the same from look to look. */
  readonly key: string
  readonly slots: readonly number[]
  /** Sum of the rows' backlogs; undefined where none is told. */
  readonly backlog: number | undefined
}

export class Listeners {
  readonly all: readonly Listener[]
  readonly #byEndpoint: ReadonlyMap<EndpointKey, Listener>
  /** Of every address, by port: IPv4 only, and IPv6 with IPv4 where the program did not switch that off. */
  readonly #everywhere4 = new Map<number, Listener>()
  readonly #everywhere6 = new Map<number, Listener>()
  readonly #mirror: RowMirror

  /** `slots` are the rows in LISTEN. */
  constructor(mirror: RowMirror, slots: readonly number[]) {
    this.#mirror = mirror
    const { columns } = mirror
    const byEndpoint = new Map<EndpointKey, Listener>()
    for (const [key, rows] of groupBy(slots, (slot) => localKey(columns, slot))) {
      const listener = listenerOf(mirror, rows)
      byEndpoint.set(key, listener)
      const slot = rows[0] ?? 0
      if (isWildcard(mirror, slot)) this.#wildcards(columns.family[slot] === 4).set(columns.localPort[slot] ?? 0, listener)
    }
    this.#byEndpoint = byEndpoint
    this.all = [...byEndpoint.values()]
  }

  /** Of the connection in `slot`: its own address first, then every address of its family, then both families' socket. */
  of(slot: number): Listener | undefined {
    const { columns } = this.#mirror
    const port = columns.localPort[slot] ?? 0
    const key = localKey(columns, slot)
    const isV4 = typeof key === 'number'
    return this.#byEndpoint.get(key) ?? (isV4 ? this.#everywhere4.get(port) : undefined) ?? this.#everywhere6.get(port)
  }

  #wildcards(ipv4: boolean): Map<number, Listener> {
    return ipv4 ? this.#everywhere4 : this.#everywhere6
  }
}

/** The backlog limit of the listener in `slot`; undefined where it is not told. */
export function backlogOf({ columns }: RowMirror, slot: number): number | undefined {
  const backlog = columns.sendQueue[slot] as number
  return backlog === absentCount ? undefined : backlog
}

function listenerOf(mirror: RowMirror, slots: readonly number[]): Listener {
  const slot = slots[0] ?? 0
  const backlogs = slots.flatMap((row) => backlogOf(mirror, row) ?? [])
  return {
    key: endpointText(localAddressText(mirror, slot), mirror.columns.localPort[slot] ?? 0),
    slots,
    backlog: backlogs.length === 0 ? undefined : backlogs.reduce((sum, backlog) => sum + backlog, 0),
  }
}
