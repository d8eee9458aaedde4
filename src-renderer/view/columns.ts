import type { ColumnId } from './column-id.ts'
import type { CellFormat } from './format.ts'
import type { TableView } from './table-view.ts'

export interface TableColumn {
  readonly id: ColumnId
  /** `column.<id>` */
  readonly titleKey: string
  /** CSS pixels. */
  readonly width: number
  readonly align: 'start' | 'end'
  /** Among the columns a new user sees. */
  readonly shown: boolean
  /** Sorted largest first on the first click. */
  readonly firstDescending: boolean
  /** The cell's text; empty for what is not known. */
  readonly text: (view: TableView, slot: number, format: CellFormat) => string
}

/** Every column, in the usual order. */
export declare const tableColumns: readonly TableColumn[]
export declare function columnOf(id: ColumnId): TableColumn
