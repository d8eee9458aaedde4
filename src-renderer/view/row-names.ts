/** Names of a row's ends: what its ports are registered for, what is known about its remote address. */
import { protocols } from '../../src-shared/model/columns.ts'
import { hasRemote } from '../../src-shared/model/connection.ts'
import type { KnownAbout } from '../../src-shared/model/known-names.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { ColumnId, SortOrder } from './column-id.ts'
import { sortTerms } from './column-id.ts'

const nothing: KnownAbout = {}
/** Columns that say what was looked up about the remote address. */
const lookedUp: ReadonlySet<ColumnId> = new Set(['host', 'country', 'network'])

/** What is known; asks for what is not, because somebody reads it. */
export function readRemote(mirror: RowMirror, slot: number): KnownAbout {
  return hasRemote(mirror, slot) ? mirror.names.readRemote(mirror.columns, slot) : nothing
}

/** What is known; asks nobody. */
export function knownRemote(mirror: RowMirror, slot: number): KnownAbout {
  return hasRemote(mirror, slot) ? mirror.names.ofRemote(mirror.columns, slot) : nothing
}

/** A connection's own high port is one that the system picked and says nothing; a socket that waits there was put there. */
export function localService(mirror: RowMirror, slot: number): string | undefined {
  const { services } = mirror.names
  const port = mirror.columns.localPort[slot] ?? 0
  const protocol = protocols[mirror.columns.protocol[slot] ?? 0] ?? 'tcp'
  return hasRemote(mirror, slot) ? services?.ofEnd(port, protocol) : services?.ofListener(port, protocol)
}

export function remoteService(mirror: RowMirror, slot: number): string | undefined {
  if (!hasRemote(mirror, slot)) return undefined
  const { protocol, remotePort } = mirror.columns
  return mirror.names.services?.ofEnd(remotePort[slot] ?? 0, protocols[protocol[slot] ?? 0] ?? 'tcp')
}

/** `AS64496 Example`, as far as known. */
export function networkText({ asn, network }: KnownAbout): string | undefined {
  const parts = [asn === undefined ? undefined : `AS${asn}`, network].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(' ')
}

/** The code first, which is also what the column is sorted by: `SE Sweden`. */
export function countryText(code: string | undefined, nameOf: (code: string) => string): string {
  if (code === undefined) return ''
  const name = nameOf(code)
  return name === code ? code : `${code} ${name}`
}

export function sortsByNames(order: SortOrder): boolean {
  return sortTerms(order).some(({ column }) => lookedUp.has(column))
}
