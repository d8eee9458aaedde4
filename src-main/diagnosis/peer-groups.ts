/**
 * Rows by process and the host at the other end: what a person looks into as one. A machine that lost its uplink has trouble with all
 * of its peers at once; that is one finding of the process and not one per peer.
 */
import type { FindingProcess } from '../../src-shared/contract/diagnosis.ts'
import { addressText } from '../../src-shared/model/address.ts'
import type { Endpoint } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { remoteHostKey } from './endpoint-key.ts'
import { groupBy } from './group-by.ts'
import { groupByOwner } from './owner-groups.ts'
import { remoteOf } from './row-facts.ts'

export interface PeerGroup {
  /** The same from look to look. */
  readonly key: string
  readonly process: FindingProcess | undefined
  /** Undefined where the rows have several. */
  readonly remote: Endpoint | undefined
  readonly slots: readonly number[]
}

/** More hosts of one process are one group, until they are clearly fewer: else findings would change their names at the border. */
const hostsToMerge = 8
const hostsToPart = 4

export class PeerGroups {
  /** Keys of processes whose hosts are one group. */
  #merged = new Set<string>()

  group(mirror: RowMirror, slots: readonly number[]): readonly PeerGroup[] {
    const { columns } = mirror
    const merged = new Set<string>()
    const groups = groupByOwner(mirror, slots).flatMap(({ key, process, slots: owned }): readonly PeerGroup[] => {
      const hosts = groupBy(owned, (slot) => remoteHostKey(columns, slot))
      if (hosts.size > (this.#merged.has(key) ? hostsToPart : hostsToMerge)) {
        merged.add(key)
        return [{ key, process, remote: undefined, slots: owned }]
      }
      return [...hosts.values()].map((rows) => ({
        key: `${key} ${hostText(mirror, rows[0] ?? 0)}`,
        process,
        remote: sameRemote(mirror, rows),
        slots: rows,
      }))
    })
    this.#merged = merged
    return groups
  }
}

/** The remote endpoint of all of `slots`. */
function sameRemote(mirror: RowMirror, slots: readonly number[]): Endpoint | undefined {
  const { remotePort } = mirror.columns
  const first = slots[0] ?? 0
  return slots.every((slot) => remotePort[slot] === remotePort[first]) ? remoteOf(mirror, first) : undefined
}

function hostText({ columns }: RowMirror, slot: number): string {
  const { family, remote0, remote1, remote2, remote3 } = columns
  return addressText(family[slot] ?? 4, remote0[slot] ?? 0, remote1[slot] ?? 0, remote2[slot] ?? 0, remote3[slot] ?? 0)
}
