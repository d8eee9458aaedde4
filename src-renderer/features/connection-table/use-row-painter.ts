/**
 * Paints the rows of a table: at most once per frame after changes, at once while scrolling. Owns the scroll position, which
 * follows the rows on screen.
 */
import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import type { ColumnId } from '../../view/column-id.ts'
import type { TableColumn } from '../../view/columns.ts'
import type { TableView } from '../../view/table-view.ts'
import type { GridCursor } from './grid-cursor.ts'
import { paintedRange, scrollTopShowing, type GridMetrics, type Screen } from './row-geometry.ts'
import { RowPool, type RowLook } from './row-pool.ts'
import type { RowSelection } from './row-selection.ts'
import { ScrollAnchor } from './scroll-anchor.ts'

/** Used as long as the table has not been laid out. */
const assumedHeight = 600

/** Id of the element with a column's title. */
export function titleId(idPrefix: string, column: ColumnId | undefined): string {
  return `${idPrefix}-title-${column ?? ''}`
}

export interface RowPainterOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly body: Readonly<Ref<HTMLElement | null>>
  readonly idPrefix: string
  readonly view: TableView
  readonly selection: RowSelection
  readonly cursor: GridCursor
  readonly look: () => Pick<RowLook, 'columns' | 'format' | 'rowClass' | 'exact'>
  readonly metrics: () => GridMetrics
  /** CSS pixels of the pointer below the header; undefined when it is elsewhere. */
  readonly pointerY: () => number | undefined
}

export interface RowPainter {
  /** The part of the table that is on screen. */
  readonly screen: () => Screen
  readonly rowIdAt: (target: EventTarget | null) => number | undefined
  readonly elementOf: (slot: number) => HTMLElement | undefined
  /** Paints in the next frame. */
  readonly request: () => void
  /** The rows changed or moved: keeps those on screen in place and paints in the next frame. */
  readonly follow: () => void
  /** Scrolls as little as needed to show a row, and paints. */
  readonly reveal: (index: number) => void
  /** Scrolls sideways as little as needed to show a column. */
  readonly revealColumn: (index: number) => void
  /** The reader chose another order: goes to the top, unless the row with the focus is on screen and takes the screen along. */
  readonly sorted: () => void
}

export function useRowPainter({
  scroller,
  body,
  idPrefix,
  view,
  selection,
  cursor,
  look,
  metrics,
  pointerY,
}: RowPainterOptions): RowPainter {
  const anchor = new ScrollAnchor(view)
  let pool: RowPool | undefined
  let frame = 0
  let moved = false
  let sorted = false
  let paintedHeight = -1
  /** Room below the last row, which lets the row under the pointer stay where the rows alone would not fill the screen. */
  let spare = 0
  /** The pointer's row took the screen away from the top, where it goes back to once the pointer leaves. */
  let pulledFromTop = false
  let height = 0
  /** Row ids on screen mean nothing in another session. */
  let paintedSession: string | undefined
  let top = 0
  let rowHeight = metrics().rowHeight

  const screen = (): Screen => ({ top, height, rowHeight })

  function paint(): void {
    frame = 0
    if (pool === undefined) return
    takeRowHeight()
    moveAlong()
    moved = false
    sorted = false
    paintedSession = view.mirror.session
    const activeRowId = selection.activeRowId
    const shown = look()
    pool.paint(paintedRange(screen(), view.visibleCount), {
      ...shown,
      view,
      rowHeight,
      titleActive: cursor.inHeader,
      activeColumn: cursor.inHeader ? -1 : cursor.columnIn(shown.columns),
      activeRowId,
      isSelected: (rowId) => selection.has(rowId),
    })
    anchor.remember(screen(), selection.activeIndex)
    pointAtActive(shown.columns)
  }

  /** Scrolls by as much as the rows on screen moved. */
  function moveAlong(): void {
    const y = pointerY()
    const rows = moved && !sorted && y !== undefined ? anchor.shiftOfPointed(Math.floor((top + y) / rowHeight)) : undefined
    if (rows === undefined) {
      if (moved || sorted || y === undefined) spare = 0
      setBodyHeight()
      if ((sorted && !anchor.holdsActive) || (pulledFromTop && y === undefined)) setTop(0)
      else if (moved || sorted) setTop(top + anchor.shift() * rowHeight)
      if (sorted || y === undefined) pulledFromTop = false
      return
    }
    const wanted = Math.max(0, top + rows * rowHeight)
    pulledFromTop = wanted > 0 && (pulledFromTop || top < rowHeight / 2)
    spare = Math.max(0, wanted + height - view.visibleCount * rowHeight)
    setBodyHeight()
    setTop(wanted)
  }

  /** Rows may have become higher or lower; the topmost one stays where it was. */
  function takeRowHeight(): void {
    const next = metrics().rowHeight
    if (next === rowHeight) return
    const first = top / rowHeight
    rowHeight = next
    measure()
    setBodyHeight()
    setTop(Math.round(first * next))
  }

  function setBodyHeight(): void {
    const wanted = view.visibleCount * rowHeight + spare
    if (body.value === null || wanted === paintedHeight) return
    paintedHeight = wanted
    body.value.style.height = `${wanted}px`
  }

  function setTop(wanted: number): void {
    const next = Math.max(0, Math.min(wanted, view.visibleCount * rowHeight + spare - height))
    if (next === top || scroller.value === null) return
    top = next
    scroller.value.scrollTop = next
  }

  function pointAtActive(columns: readonly TableColumn[]): void {
    const slot = view.visible[selection.activeIndex]
    const row = slot === undefined ? undefined : pool?.elementOf(slot)?.id
    const column = columns[cursor.columnIn(columns)]?.id
    const id = cursor.inHeader ? titleId(idPrefix, column) : row === undefined || column === undefined ? row : `${row}-${column}`
    const grid = scroller.value
    if (grid === null || (grid.getAttribute('aria-activedescendant') ?? undefined) === id) return
    if (id === undefined) grid.removeAttribute('aria-activedescendant')
    else grid.setAttribute('aria-activedescendant', id)
  }

  function measure(): void {
    height = Math.max(0, (scroller.value?.clientHeight ?? 0) - metrics().headerHeight) || assumedHeight
  }

  function onScroll(): void {
    const scrolledTo = scroller.value?.scrollTop ?? 0
    if (Math.abs(scrolledTo - top) >= 1) pulledFromTop = false // by hand
    top = scrolledTo
    // The frame that was asked for would move the rows once more; what came in is taken along now.
    if (!moved && !sorted) paint()
  }

  const request = (): void => {
    if (frame === 0) frame = requestAnimationFrame(paint)
  }
  const resized = new ResizeObserver(() => {
    measure()
    request()
  })

  onMounted(() => {
    if (body.value === null || scroller.value === null) return
    pool = new RowPool(body.value, idPrefix)
    scroller.value.addEventListener('scroll', onScroll, { passive: true })
    resized.observe(scroller.value)
    measure()
    paint()
  })
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame)
    resized.disconnect()
    scroller.value?.removeEventListener('scroll', onScroll)
  })

  return {
    screen,
    rowIdAt: (target) => (paintedSession === view.mirror.session ? pool?.rowIdAt(target) : undefined),
    elementOf: (slot) => pool?.elementOf(slot),
    request,
    follow: () => {
      moved = true
      request()
    },
    reveal: (index) => {
      measure() // the table may have been made smaller in this very frame
      if (moved || sorted) paint()
      pulledFromTop = false
      setTop(scrollTopShowing(index, screen()))
      paint()
    },
    revealColumn: (index) => {
      const column = look().columns[index]
      const grid = scroller.value
      const title = grid?.querySelector<HTMLElement>(`#${titleId(idPrefix, column?.id)}`)
      if (column === undefined || column.pinned || grid == null || title == null) return
      const pinned = [...grid.querySelectorAll<HTMLElement>('.connection-title.cell-pinned')].reduce(
        (sum, each) => sum + each.offsetWidth,
        0,
      )
      const left = title.offsetLeft - pinned
      const right = title.offsetLeft + title.offsetWidth - grid.clientWidth
      if (grid.scrollLeft > left) grid.scrollLeft = left
      else if (grid.scrollLeft < right) grid.scrollLeft = right
    },
    sorted: () => {
      sorted = true
      request()
    },
  }
}
