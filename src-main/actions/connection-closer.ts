import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import type { RowTable } from '../table/row-table.ts'

/** Closes connections by their public id, without ending their processes. */
export interface ConnectionCloser {
  /** A promise where somebody may have to be asked first. */
  close(table: RowTable, id: string): ActionOutcome | Promise<ActionOutcome>
  dispose(): void
}
