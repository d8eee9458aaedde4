/** Which part of the table the keyboard is at beside the row: the whole row, one of its cells, or a column's title. */
import type { ColumnId } from '../../view/column-id.ts'
import type { TableColumn } from '../../view/columns.ts'

/** Stands for the whole row in place of a column's index. */
export const wholeRow = -1

export class GridCursor {
  /** Kept by name: columns may be moved, hidden and brought back. */
  #column: ColumnId | undefined
  inHeader = false

  /** Index of the column among the shown ones; wholeRow for none. */
  columnIn(columns: readonly TableColumn[]): number {
    return this.#column === undefined ? wholeRow : columns.findIndex(({ id }) => id === this.#column)
  }

  /** `index`: wholeRow or that of a column, held within bounds. */
  moveTo(index: number, columns: readonly TableColumn[]): void {
    this.#column = index < 0 ? undefined : columns[Math.min(index, columns.length - 1)]?.id
  }
}
