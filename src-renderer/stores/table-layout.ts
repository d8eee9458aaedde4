/** How the table of connections is arranged. A change shows at once and is handed out to be saved when the hand has come to rest. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import {
  largestZoomPercent,
  smallestZoomPercent,
  usualTableLayout,
  type Density,
  type TableLayout,
} from '../../src-shared/model/table-layout.ts'
import { sortTerms, type ColumnId, type SortOrder } from '../view/column-id.ts'
import {
  hideColumn,
  isColumnId,
  moveColumn,
  pinColumn,
  placedColumns,
  resizeColumn,
  savedColumns,
  shownColumns,
  stepColumn,
  type PlacedColumn,
} from '../view/column-layout.ts'
import { nextSort, orderOf } from '../view/next-sort.ts'
import { initialSort } from '../view/table-view.ts'
import { sameOrder } from '../view/sort-levels.ts'
import { useHostAccess } from './host-access.ts'
import { keepUnchanged } from './keep-unchanged.ts'

/** Longer than the pauses within one drag or a row of clicks; short enough that nobody ends the program in between. */
export const saveAfterMs = 600
const zoomStepPercent = 10

export const useTableLayout = defineStore('table-layout', () => {
  const { clock } = useHostAccess()
  const layout = shallowRef<TableLayout>(usualTableLayout)
  const toSave = shallowRef<TableLayout>()
  const chooserOpen = shallowRef(false)
  let cancelSave: (() => void) | undefined

  // Rows are painted by the columns: they are not to be another object because something beside them changed.
  const named = computed(() => layout.value.columns)
  const placed = computed(() => placedColumns(named.value))
  const shown = computed(() => shownColumns(placed.value))
  const sort = shallowRef<SortOrder>(initialSort)
  const flush = (): void => {
    if (cancelSave === undefined) return
    cancelSave()
    cancelSave = undefined
    toSave.value = layout.value
  }
  /** `asked`: somebody chose this order, be it the present one. */
  const show = (next: TableLayout, asked = false): void => {
    layout.value = next
    const order = savedOrder(next)
    if (asked || !sameOrder(order, sort.value)) sort.value = order
  }
  const change = (patch: Partial<TableLayout>): void => {
    show({ ...layout.value, ...patch }, patch.sort !== undefined)
    cancelSave?.()
    cancelSave = clock.startTimer(flush, saveAfterMs)
  }
  const arrange = (columns: readonly PlacedColumn[]): void => {
    if (columns !== placed.value) change({ columns: savedColumns(columns) })
  }
  const setSort = (order: SortOrder): void => change({ sort: [...sortTerms(order)] })
  const setZoom = (percent: number): void => change({ zoomPercent: Math.max(smallestZoomPercent, Math.min(largestZoomPercent, percent)) })

  return {
    /** Every column, shown or not, in order. */
    placed,
    /** The columns on display. */
    shown,
    /** Another object for every time that somebody chooses an order, and only then: who chooses the present one wants it restored. */
    sort: computed(() => sort.value),
    density: computed(() => layout.value.density),
    zoomPercent: computed(() => layout.value.zoomPercent),
    /** What is on screen, saved or not. */
    arrangement: computed(() => layout.value),
    /** The latest arrangement that is to be saved. */
    toSave: computed(() => toSave.value),
    /** Whether the dialog that chooses columns is open. */
    chooserOpen: computed(() => chooserOpen.value),
    setChooserOpen(open: boolean): void {
      chooserOpen.value = open
    },
    /** Shows what was saved, unless the person changed something since that is not saved yet. */
    take(saved: TableLayout): void {
      if (cancelSave === undefined) show(keepUnchanged(layout.value, saved))
    },
    /** Shows an arrangement that somebody opened, in place of what waits to be saved, and saves it at once. */
    restore(arranged: Partial<TableLayout>): void {
      change(arranged)
      flush()
    },
    /** Saves what waits at once. */
    flush,
    setSort,
    /** `add` keeps the columns that the table is sorted by already. */
    sortBy(column: ColumnId, add: boolean): void {
      setSort(nextSort(sort.value, column, add))
    },
    /** `before`: the column that will follow; undefined for the end. */
    move(id: ColumnId, before: ColumnId | undefined): void {
      arrange(moveColumn(placed.value, id, before))
    },
    step(id: ColumnId, by: 1 | -1): void {
      arrange(stepColumn(placed.value, id, by))
    },
    resize(id: ColumnId, width: number): void {
      arrange(resizeColumn(placed.value, id, width))
    },
    hide(id: ColumnId, hidden: boolean): void {
      arrange(hideColumn(placed.value, id, hidden))
    },
    pin(id: ColumnId, pinned: boolean): void {
      arrange(pinColumn(placed.value, id, pinned))
    },
    setDensity(density: Density): void {
      change({ density })
    },
    zoomIn(): void {
      setZoom(layout.value.zoomPercent + zoomStepPercent)
    },
    zoomOut(): void {
      setZoom(layout.value.zoomPercent - zoomStepPercent)
    },
    zoomReset(): void {
      setZoom(usualTableLayout.zoomPercent)
    },
    /** The usual columns at their usual places and widths. Sorting, density and zoom stay. */
    resetColumns(): void {
      change({ columns: [] })
    },
  }
})

/** As far as its columns are known. */
function savedOrder({ sort }: TableLayout): SortOrder {
  return orderOf(
    sort.flatMap(({ column, descending }) => (isColumnId(column) ? [{ column, descending }] : [])),
    initialSort,
  )
}
