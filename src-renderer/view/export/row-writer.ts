/** Rows of the table of connections as text for other programs; JSON has the public connections. */
import { connectionAt } from '../../../src-shared/model/connection.ts'
import type { TableColumn } from '../columns.ts'
import type { CellFormat } from '../format.ts'
import type { TableView } from '../table-view.ts'
import { cellWriter, type CellWriter, type CopyFormat, type ExportFormat } from './cell-writer.ts'

/** `row` takes a slot. */
export type RowWriter = CellWriter<number>

export interface WrittenTable {
  readonly view: TableView
  readonly columns: readonly TableColumn[]
  readonly format: CellFormat
  readonly titleOf: (column: TableColumn) => string
}

export function rowWriter(kind: CopyFormat | ExportFormat, { view, columns, format, titleOf }: WrittenTable): RowWriter {
  return cellWriter(kind, {
    columns: columns.map((column) => ({ title: titleOf(column), align: column.align })),
    cells: (slot) => columns.map((column) => column.text(view, slot, format)),
    record: (slot) => connectionAt(view.mirror, slot),
  })
}
