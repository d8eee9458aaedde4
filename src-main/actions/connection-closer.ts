import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import type { RowTable } from '../table/row-table.ts'

/** Closes connections by their public id, without ending their processes. */
export interface ConnectionCloser {
  close(table: RowTable, id: string): ActionOutcome
  dispose(): void
}
