import { hasRemote, localAddressText, remoteAddressText, type Connection, type Owner } from '../../src-shared/model/connection.ts'
import { isV4Mapped } from '../../src-shared/model/address.ts'
import { protocols } from '../../src-shared/model/columns.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { visibilities } from '../../src-shared/model/visibility.ts'

/** What the question before closing says of a connection. All rows may be asked about at once, so it is no more than that. */
export interface CloseTarget extends Pick<
  Connection,
  'id' | 'protocol' | 'family' | 'v4Mapped' | 'state' | 'local' | 'remote' | 'visibility'
> {
  readonly owners: readonly Pick<Owner, 'pid' | 'name'>[]
}

export function closeTargetAt(mirror: RowMirror, slot: number): CloseTarget {
  const c = mirror.columns
  const state = stateOfCode(c.state[slot] ?? 0)
  const isMapped = c.family[slot] === 6 && isV4Mapped(c.local0[slot] ?? 0, c.local1[slot] ?? 0, c.local2[slot] ?? 0)
  return {
    id: mirror.identityOf(slot),
    protocol: protocols[c.protocol[slot] ?? 0] ?? 'tcp',
    family: c.family[slot] === 6 ? 'ipv6' : 'ipv4',
    ...(isMapped ? { v4Mapped: true } : {}),
    ...(state === undefined ? {} : { state }),
    local: { address: localAddressText(mirror, slot), port: c.localPort[slot] ?? 0 },
    ...(hasRemote(mirror, slot) ? { remote: { address: remoteAddressText(mirror, slot), port: c.remotePort[slot] ?? 0 } } : {}),
    owners: mirror.ownersOf(slot).flatMap((reference) => mirror.processes.get(reference) ?? []),
    visibility: visibilities[c.visibility[slot] ?? 0] ?? 'pending',
  }
}
