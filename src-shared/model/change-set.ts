/**
 * What changed between two looks. The header is plain data, the rows are packed columns in one buffer:
 * added rows, then changed rows (every column of each), then the ids of removed rows. Everything is immutable once made.
 */
import { columnsByteLength, columnsOver, type Columns } from './columns.ts'
import type { ProcessRecord } from './process.ts'

export interface ChangeSetHeader {
  /** Names one life of one engine; row ids, process references and string references are valid within it. */
  readonly session: string
  readonly sequence: number
  /** full: forget what you have. delta: applies to any state between `since` and `sequence`. */
  readonly kind: 'full' | 'delta'
  readonly since: number
  /** Unix milliseconds of the look at the operating system. */
  readonly takenAt: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** New entries of the string table, the first of them at index `firstString`. Index 0 is reserved for "absent". */
  readonly firstString: number
  readonly strings: readonly string[]
  /** New or changed processes. */
  readonly processes: readonly ProcessRecord[]
  /** Processes that no row refers to any more. */
  readonly forgottenProcesses: readonly number[]
  /** Rows among the added and changed ones with several owners: row id, then all process references, the column's one first. */
  readonly sharedRows: readonly (readonly number[])[]
}

export interface ChangeSet {
  readonly header: ChangeSetHeader
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface ChangeSetRows {
  readonly added: Columns
  readonly changed: Columns
  readonly removed: Uint32Array
}

/** More rows than any table of ours can hold; a header claiming more is broken. */
export const maximumRows = 2_000_000

const align = (bytes: number): number => (bytes + 7) & ~7

interface Layout {
  readonly changedAt: number
  readonly removedAt: number
  readonly byteLength: number
}

function layout(added: number, changed: number, removed: number): Layout {
  const changedAt = align(columnsByteLength(added))
  const removedAt = align(changedAt + columnsByteLength(changed))
  return { changedAt, removedAt, byteLength: removedAt + removed * 4 }
}

/** A buffer for so many rows and the views to fill it through. */
export function allocateChangeSetRows(added: number, changed: number, removed: number): ChangeSetRows & { bytes: Uint8Array<ArrayBuffer> } {
  const { byteLength } = layout(added, changed, removed)
  const bytes = new Uint8Array(new ArrayBuffer(byteLength))
  return { ...viewsOver(bytes.buffer, added, changed, removed), bytes }
}

/** The rows of a change set; undefined when buffer and header do not agree. Copies only when the bytes are not aligned. */
export function changeSetRows({ header, bytes }: ChangeSet): ChangeSetRows | undefined {
  if (!isSoundHeader(header) || !(bytes instanceof Uint8Array)) return undefined
  const { added, changed, removed } = header
  for (const count of [added, changed, removed]) if (!Number.isSafeInteger(count) || count < 0 || count > maximumRows) return undefined
  if (bytes.byteLength !== layout(added, changed, removed).byteLength) return undefined
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength
  return viewsOver(whole ? bytes.buffer : bytes.slice().buffer, added, changed, removed)
}

/** A header may come from another machine: whatever is walked over later has to be a list, or half of the set would be applied. */
function isSoundHeader({ session, kind, sequence, since, firstString, ...lists }: ChangeSetHeader): boolean {
  const { strings, processes, forgottenProcesses, sharedRows } = lists
  return (
    typeof session === 'string' &&
    (kind === 'full' || kind === 'delta') &&
    [sequence, since, firstString].every((number) => Number.isSafeInteger(number) && number >= 0) &&
    [strings, processes, forgottenProcesses, sharedRows].every(Array.isArray) &&
    processes.every((process) => typeof process === 'object' && process !== null) &&
    sharedRows.every(Array.isArray)
  )
}

function viewsOver(buffer: ArrayBuffer, added: number, changed: number, removed: number): ChangeSetRows {
  const { changedAt, removedAt } = layout(added, changed, removed)
  return {
    added: columnsOver(buffer, 0, added),
    changed: columnsOver(buffer, changedAt, changed),
    removed: new Uint32Array(buffer, removedAt, removed),
  }
}
