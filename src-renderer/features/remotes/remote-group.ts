/** What a group of remote ends is called and filtered by. Pure. */
import type { KnownAbout } from '../../../src-shared/model/known-names.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import type { Query } from '../../../src-shared/query/query.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { textTest } from '../row-menu/filter-terms.ts'
import { remoteSubject, type RemoteGrouping } from '../../view/grouping/remote-groupings.ts'

export interface RemoteGroup {
  /** An address, a network with its bits, or a host name. */
  readonly title: string
  readonly address: string
  readonly bits: number
  /** Of the first address; nothing for networks, whose addresses differ. */
  readonly about: KnownAbout
}

const nothing: KnownAbout = {}

/** For somebody who reads it: names that are not known are asked for, where the settings say so. */
export function describeRemote(mirror: RowMirror, slot: number, by: RemoteGrouping): RemoteGroup {
  const { address, bits } = remoteSubject(mirror, slot, by)
  const about = by === 'network' ? nothing : mirror.names.readAddress(address)
  const title = by === 'network' ? `${address}/${bits}` : by === 'host' && about.host !== undefined ? visibleText(about.host) : address
  return { title, address, bits, about }
}

/** What finds the rows of the group in the table. */
export function remoteQuery(mirror: RowMirror, slot: number, by: RemoteGrouping): Query {
  const { address, bits, about } = describeRemote(mirror, slot, by)
  if (by === 'host' && about.host !== undefined) return { kind: 'text', key: 'host', values: [textTest(about.host)] }
  return { kind: 'address', key: 'remote', values: [{ kind: 'network', address, bits }] }
}
