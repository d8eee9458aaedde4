import { familyOfHead, protocolOfHead, stateOfHead } from './row-record.ts'

/** A table, or the rows of one state in it, that was not read in this look: its rows stay as they are. */
export interface UnreadTable {
  readonly protocol: number
  /** Absent: both families. */
  readonly family?: number
  /** Absent: all states. */
  readonly state?: number
}

/** Whether a row, by its record's head, is of a table that was not read. */
export function belongs(rowHead: number, { protocol, family, state }: UnreadTable): boolean {
  if (protocolOfHead(rowHead) !== protocol || (state !== undefined && stateOfHead(rowHead) !== state)) return false
  return family === undefined || familyOfHead(rowHead) === family
}
