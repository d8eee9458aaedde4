/** What a key means in the table. The keys are those of the ARIA grid pattern and of file managers; Space alone pauses everywhere. */
import { wholeRow } from './grid-cursor.ts'

export type GridIntent =
  | { readonly kind: 'move'; readonly to: number; readonly mode: 'select' | 'extend' | 'focus' }
  /** To another cell of the row, or to the whole row. */
  | { readonly kind: 'column'; readonly to: number }
  /** To the first or last cell of the table. */
  | { readonly kind: 'corner'; readonly row: number; readonly column: number }
  | { readonly kind: 'header' }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'all' }
  | { readonly kind: 'activate' }
  | { readonly kind: 'move-column'; readonly by: 1 | -1 }

export interface GridPosition {
  /** Row with the focus, -1 for none. */
  readonly activeIndex: number
  readonly rowCount: number
  readonly rowsPerPage: number
  readonly firstOnScreen: number
  /** Column with the focus; wholeRow for none. */
  readonly column: number
  readonly columnCount: number
}

export interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Undefined for keys that are none of the table's business. */
export function gridIntent(event: Key, position: GridPosition): GridIntent | undefined {
  if (event.altKey) return undefined
  const command = event.ctrlKey || event.metaKey
  if (event.key === 'ArrowUp' && position.activeIndex <= 0 && !command && !event.shiftKey) return { kind: 'header' }
  if (position.rowCount === 0) return undefined
  const sideways = cellIntent(event, position)
  if (sideways !== undefined) return sideways
  const to = target(event.key, position)
  if (to !== undefined) {
    const mode = event.shiftKey ? 'extend' : command ? 'focus' : 'select'
    return { kind: 'move', to: Math.max(0, Math.min(position.rowCount - 1, to)), mode }
  }
  if (event.key.toLowerCase() === 'a' && command && !event.shiftKey) return { kind: 'all' }
  if (event.key === ' ' && command && position.activeIndex >= 0) return { kind: 'toggle' }
  if (command || event.shiftKey) return undefined
  if (event.key === 'Enter' && position.activeIndex >= 0) return { kind: 'activate' }
  // Without a cell to leave Escape is about what lies around the table.
  return event.key === 'Escape' && position.column !== wholeRow ? { kind: 'column', to: wholeRow } : undefined
}

/** Keys between the cells of a row. Without a cell in focus Home and End are about rows. */
function cellIntent(event: Key, position: GridPosition): GridIntent | undefined {
  const { column, columnCount, rowCount, activeIndex } = position
  const command = event.ctrlKey || event.metaKey
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined
  if (by !== undefined && activeIndex >= 0) {
    if (command && event.shiftKey) return column === wholeRow ? undefined : { kind: 'move-column', by }
    if (command || event.shiftKey) return undefined
    return { kind: 'column', to: Math.max(wholeRow, Math.min(columnCount - 1, column + by)) }
  }
  if (column === wholeRow || event.shiftKey || (event.key !== 'Home' && event.key !== 'End')) return undefined
  const end = event.key === 'End'
  if (command) return { kind: 'corner', row: end ? rowCount - 1 : 0, column: end ? columnCount - 1 : 0 }
  return { kind: 'column', to: end ? columnCount - 1 : 0 }
}

function target(key: string, { activeIndex, rowCount, rowsPerPage, firstOnScreen }: GridPosition): number | undefined {
  // Without a focus yet the first key enters the table at the screen's top.
  const from = activeIndex < 0 ? undefined : activeIndex
  switch (key) {
    case 'ArrowDown':
      return from === undefined ? firstOnScreen : from + 1
    case 'ArrowUp':
      return from === undefined ? firstOnScreen : from - 1
    case 'PageDown':
      return (from ?? firstOnScreen) + rowsPerPage - 1
    case 'PageUp':
      return (from ?? firstOnScreen) - rowsPerPage + 1
    case 'Home':
      return 0
    case 'End':
      return rowCount - 1
    default:
      return undefined
  }
}
