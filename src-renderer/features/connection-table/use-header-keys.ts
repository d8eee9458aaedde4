/** The keyboard in the header: the grid keeps the focus and points at the title. */
import type { ColumnId } from '../../view/column-id.ts'
import type { TableColumn } from '../../view/columns.ts'
import type { GridCursor } from './grid-cursor.ts'
import { headerIntent } from './header-keys.ts'

export interface HeaderActions {
  readonly sort: (column: ColumnId, add: boolean) => void
  readonly step: (column: ColumnId, by: 1 | -1) => void
  /** Width in CSS pixels at a zoom of 100 %. */
  readonly resize: (column: ColumnId, width: number) => void
  readonly fit: (column: ColumnId) => void
  readonly menu: (column: ColumnId) => void
}

export interface HeaderKeysOptions {
  readonly cursor: GridCursor
  readonly columns: () => readonly TableColumn[]
  readonly actions: HeaderActions
  /** The cursor went to another column. */
  readonly moved: (index: number) => void
  readonly leave: () => void
}

/** Returns what handles a key while the cursor is in the header; true when it did. */
export function useHeaderKeys({ cursor, columns, actions, moved, leave }: HeaderKeysOptions): (event: KeyboardEvent) => boolean {
  return (event) => {
    const shown = columns()
    const index = Math.max(0, cursor.columnIn(shown))
    const column = shown[index]
    const intent = headerIntent(event, index, shown.length)
    if (intent === undefined || column === undefined) return false
    if (intent.kind === 'column') {
      cursor.moveTo(intent.to, shown)
      moved(intent.to)
    } else if (intent.kind === 'rows') leave()
    else if (intent.kind === 'sort') actions.sort(column.id, intent.add)
    else if (intent.kind === 'move-column') actions.step(column.id, intent.by)
    else if (intent.kind === 'resize') actions.resize(column.id, column.width + intent.byPx)
    else if (intent.kind === 'fit') actions.fit(column.id)
    else actions.menu(column.id)
    return true
  }
}
