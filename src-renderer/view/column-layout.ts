/** Which columns a table shows, in which order and how wide. Pure: every change gives a new arrangement; pinned columns always come first. */
import { narrowestColumn, widestColumn, type TableLayout } from '../../src-shared/model/table-layout.ts'
import { columnIds, type ColumnId } from './column-id.ts'
import { columnOf, type TableColumn } from './columns.ts'

/** A column at its place, shown or not. */
export interface PlacedColumn {
  readonly id: ColumnId
  /** CSS pixels. */
  readonly width: number
  readonly hidden: boolean
  readonly pinned: boolean
}

/** Every column there is, in order: those that were saved as they were, the others hidden or shown as usual at their usual places. */
export function placedColumns(saved: TableLayout['columns']): readonly PlacedColumn[] {
  const placed: PlacedColumn[] = saved.flatMap(({ id, width, hidden, pinned }) =>
    isColumnId(id) ? [{ id, width: width ?? columnOf(id).width, hidden, pinned }] : [],
  )
  for (const [index, id] of columnIds.entries()) {
    if (placed.some((column) => column.id === id)) continue
    const { width, shown } = columnOf(id)
    const before = new Set(columnIds.slice(0, index))
    const at = placed.findLastIndex((column) => before.has(column.id)) + 1
    // A column that a new version brings does not push itself into a table that somebody arranged.
    placed.splice(at, 0, { id, width, hidden: !shown || saved.length > 0, pinned: false })
  }
  if (placed.every(({ hidden }) => hidden)) return placedColumns([])
  return pinnedFirst(placed)
}

/** What of an arrangement is worth saving. */
export function savedColumns(columns: readonly PlacedColumn[]): TableLayout['columns'] {
  return columns.map(({ id, width, hidden, pinned }) => ({ id, hidden, pinned, ...(width === columnOf(id).width ? {} : { width }) }))
}

/** The columns on display. */
export function shownColumns(columns: readonly PlacedColumn[]): readonly TableColumn[] {
  return columns.flatMap(({ id, width, hidden, pinned }, index) => (hidden ? [] : [{ ...columnOf(id), width, pinned, place: index + 1 }]))
}

/** `before`: the column that will follow; undefined for the end. A column dropped among pinned ones becomes one of them. */
export function moveColumn(columns: readonly PlacedColumn[], id: ColumnId, before: ColumnId | undefined): readonly PlacedColumn[] {
  const moving = columns.find((column) => column.id === id)
  if (moving === undefined || before === id) return columns
  const others = columns.filter((column) => column !== moving)
  const found = others.findIndex((column) => column.id === before)
  const at = before === undefined || found === -1 ? others.length : found
  const follows = others[at]
  const pinned = follows?.pinned === true || (moving.pinned && others[at - 1]?.pinned === true)
  return pinnedFirst(others.toSpliced(at, 0, { ...moving, pinned }))
}

/** Moves a column past its next shown neighbour: `step` is 1 or -1. Unchanged at the end, and where a pinned column would leave the others. */
export function stepColumn(columns: readonly PlacedColumn[], id: ColumnId, step: 1 | -1): readonly PlacedColumn[] {
  const from = columns.findIndex((column) => column.id === id)
  const moving = columns[from]
  if (moving === undefined) return columns
  let to = from + step
  while (columns[to]?.hidden === true && !moving.hidden) to += step
  const neighbour = columns[to]
  if (neighbour === undefined || neighbour.pinned !== moving.pinned) return columns
  return columns.toSpliced(from, 1).toSpliced(to, 0, moving)
}

export function resizeColumn(columns: readonly PlacedColumn[], id: ColumnId, width: number): readonly PlacedColumn[] {
  const bounded = Math.round(Math.max(narrowestColumn, Math.min(widestColumn, width)))
  return columns.map((column) => (column.id === id ? { ...column, width: bounded } : column))
}

/** The last column on display stays: a table without columns could not be used to bring them back. */
export function hideColumn(columns: readonly PlacedColumn[], id: ColumnId, hidden: boolean): readonly PlacedColumn[] {
  const next = columns.map((column) => (column.id === id ? { ...column, hidden } : column))
  return next.every((column) => column.hidden) ? columns : next
}

/** A pinned column goes behind the other pinned ones; one that is let go of comes right after them. */
export function pinColumn(columns: readonly PlacedColumn[], id: ColumnId, pinned: boolean): readonly PlacedColumn[] {
  return pinnedFirst(columns.map((column) => (column.id === id ? { ...column, pinned, hidden: column.hidden && !pinned } : column)))
}

function pinnedFirst(columns: readonly PlacedColumn[]): readonly PlacedColumn[] {
  return [...columns.filter(({ pinned }) => pinned), ...columns.filter(({ pinned }) => !pinned)]
}

const known: ReadonlySet<string> = new Set(columnIds)

export function isColumnId(name: string): name is ColumnId {
  return known.has(name)
}
