import type { Problem } from '../../src-shared/model/problem.ts'
import type { RowTable } from '../table/row-table.ts'

/** Finds the processes behind the rows of a table after each look. */
export interface OwnerResolver {
  resolve(table: RowTable): readonly Problem[]
  close(): void
}
