/** What is known about a row's remote address. */
import { hasRemote } from '../../src-shared/model/connection.ts'
import type { KnownAbout } from '../../src-shared/model/known-names.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { ColumnId, SortOrder } from './column-id.ts'
import { sortTerms } from './column-id.ts'

const nothing: KnownAbout = {}
/** Columns that say what was looked up about the remote address. */
const lookedUp: ReadonlySet<ColumnId> = new Set(['host', 'country', 'network'])
/** Columns that say what a port is registered for. */
const portNames: ReadonlySet<ColumnId> = new Set(['localService', 'remoteService'])

/** What is known; asks for what is not, because somebody reads it. */
export function readRemote(mirror: RowMirror, slot: number): KnownAbout {
  return hasRemote(mirror, slot) ? mirror.names.readRemote(mirror.columns, slot) : nothing
}

/** What is known; asks nobody. */
export function knownRemote(mirror: RowMirror, slot: number): KnownAbout {
  return hasRemote(mirror, slot) ? mirror.names.ofRemote(mirror.columns, slot) : nothing
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

export function sortsByServices(order: SortOrder): boolean {
  return sortTerms(order).some(({ column }) => portNames.has(column))
}
