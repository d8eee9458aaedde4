/** The other end of a connection, where that is on this machine too: the row with both endpoints swapped. */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { groupBy } from './group-by.ts'
import { localHostKey, remoteHostKey } from './endpoint-key.ts'

const ports = 65_536

export class Twins {
  readonly #mirror: RowMirror
  /** By both ports, which are numbers and nearly tell the row; addresses are compared only where these agree. */
  readonly #byPorts: ReadonlyMap<number, readonly number[]>

  /** `slots` are the rows that may be the other end. */
  constructor(mirror: RowMirror, slots: readonly number[]) {
    this.#mirror = mirror
    const { localPort, remotePort } = mirror.columns
    this.#byPorts = groupBy(slots, (slot) => (localPort[slot] as number) * ports + (remotePort[slot] as number))
  }

  /** Slot of the other end of the connection in `slot`. */
  of(slot: number): number | undefined {
    const { columns } = this.#mirror
    const swapped = (columns.remotePort[slot] as number) * ports + (columns.localPort[slot] as number)
    return this.#byPorts
      .get(swapped)
      ?.find(
        (other) =>
          localHostKey(columns, other) === remoteHostKey(columns, slot) && remoteHostKey(columns, other) === localHostKey(columns, slot),
      )
  }
}
