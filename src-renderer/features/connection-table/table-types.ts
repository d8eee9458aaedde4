/**
 * What goes into and comes out of ConnectionTable.vue.
 *
 *   <ConnectionTable
 *     :view="view" :version="version" :columns="columns" :sort="sort" :format="format" :labels="labels" :row-class="rowClass"
 *     @update:sort="…" @update:selection="…" @open-menu="…" @activate="…" />
 */
import type { Density } from '../../../src-shared/model/table-layout.ts'
import type { ColumnId } from '../../view/column-id.ts'
import type { TableColumn } from '../../view/columns.ts'
import type { CellFormat } from '../../view/format.ts'
import type { SortOrder, TableView } from '../../view/table-view.ts'

export interface ConnectionTableLabels {
  /** Accessible name of the grid. */
  readonly table: string
  readonly columns: Readonly<Record<ColumnId, string>>
  /** Says that a column decides where those before it leave rows equal. `place` counts from 1. */
  readonly sorted?: (place: number, descending: boolean) => string
}

export interface ConnectionTableProps {
  /** Not reactive (markRaw or shallowRef): what is inside changes with `version` only. */
  readonly view: TableView
  /** Raised after every apply, expire, filter or sort of the view. */
  readonly version: number
  /** The columns to show, in order. */
  readonly columns: readonly TableColumn[]
  readonly sort: SortOrder
  readonly format: CellFormat
  readonly labels: ConnectionTableLabels
  /** Further class names of a row, space-separated; asked for rows on screen only. */
  readonly rowClass?: (slot: number) => string
  /** 'normal' when left out. */
  readonly density?: Density
  /** 100 when left out. */
  readonly zoomPercent?: number
}

/** Where the keyboard is. */
export interface GridPlace {
  /** Index of the row among those on display; -1 for none. */
  readonly row: number
  /** Index of the column among the shown ones; -1 for the whole row. */
  readonly column: number
  /** At the title of the column, not in a row. */
  readonly inHeader: boolean
}

export interface MenuRequest {
  /** The selected rows, in display order. */
  readonly slots: readonly number[]
  readonly identities: readonly string[]
  /** Slot the menu was opened on. */
  readonly slot: number
  /** Viewport position, CSS pixels. */
  readonly x: number
  readonly y: number
  /** The keyboard opened it: the cell it is at, undefined for the whole row. Absent: the pointer did. */
  readonly cell?: { readonly column: ColumnId | undefined }
}

export interface ConnectionTableEmits {
  /** A title was dropped before that of another column, or at the end. */
  'move-column': [column: ColumnId, before: ColumnId | undefined]
  'step-column': [column: ColumnId, by: 1 | -1]
  /** Width in CSS pixels at a zoom of 100 %. */
  'resize-column': [column: ColumnId, width: number]
  /** A menu for a column, at a point of the viewport. */
  'open-column-menu': [column: ColumnId, x: number, y: number]
  /** The pointer came into the table, or left. */
  pointed: [inside: boolean]
  /** Ctrl and the wheel: 1 for larger. */
  zoom: [by: 1 | -1]
  'update:sort': [order: SortOrder]
  /** A person selected rows: their identities, in the order they were selected. All of them are on display. */
  'update:selection': [identities: readonly string[]]
  /** Selected rows left the display or came back as others: what is selected now. */
  'selection-followed': [identities: readonly string[]]
  'open-menu': [request: MenuRequest]
  /** Enter or double click. */
  activate: [slot: number]
}
