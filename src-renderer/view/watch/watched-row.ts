/** What the log keeps of a row: enough to name it and to find it again. The state is a word of the model; the reader's dialect comes later. */
import { endpointText } from '../../../src-shared/model/address.ts'
import { connectionAt } from '../../../src-shared/model/connection.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'

export interface WatchedRow {
  readonly identity: string
  readonly protocol: string
  readonly local: string
  readonly remote?: string
  readonly state?: TcpState
  /** Name and pid of the first owner, where known. */
  readonly process?: string
}

export function watchedRow(mirror: RowMirror, slot: number): WatchedRow {
  const { id, protocol, local, remote, state, owners } = connectionAt(mirror, slot)
  const [owner] = owners
  return {
    identity: id,
    protocol: protocol.toUpperCase(),
    local: endpointText(local.address, local.port),
    ...(remote === undefined ? {} : { remote: endpointText(remote.address, remote.port) }),
    ...(state === undefined ? {} : { state }),
    ...(owner === undefined ? {} : { process: owner.name === undefined ? String(owner.pid) : `${owner.name}[${owner.pid}]` }),
  }
}
