/**
 * Paints the rows of a table: at most once per frame after changes, at once while scrolling. Owns the scroll position, which
 * follows the rows on screen.
 */
import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import type { TableView } from '../../view/table-view.ts'
import { headerHeight, paintedRange, rowHeight, scrollTopShowing } from './row-geometry.ts'
import { RowPool, type RowLook } from './row-pool.ts'
import type { RowSelection } from './row-selection.ts'
import { ScrollAnchor } from './scroll-anchor.ts'

/** Used as long as the table has not been laid out. */
const assumedHeight = 600

export interface RowPainterOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly body: Readonly<Ref<HTMLElement | null>>
  readonly idPrefix: string
  readonly view: TableView
  readonly selection: RowSelection
  readonly look: () => Pick<RowLook, 'columns' | 'format' | 'rowClass'>
}

export interface RowPainter {
  /** Height of the part of the screen that shows rows. */
  readonly height: () => number
  readonly scrollTop: () => number
  readonly rowIdAt: (target: EventTarget | null) => number | undefined
  readonly elementOf: (slot: number) => HTMLElement | undefined
  /** Paints in the next frame. */
  readonly request: () => void
  /** The rows changed or moved: keeps those on screen in place and paints in the next frame. */
  readonly follow: () => void
  /** Scrolls as little as needed to show a row, and paints. */
  readonly reveal: (index: number) => void
  /** The reader chose another order: goes to the top, unless the row with the focus is on screen and takes the screen along. */
  readonly sorted: () => void
}

export function useRowPainter({ scroller, body, idPrefix, view, selection, look }: RowPainterOptions): RowPainter {
  const anchor = new ScrollAnchor(view)
  let pool: RowPool | undefined
  let frame = 0
  let moved = false
  let sorted = false
  let paintedHeight = -1
  let height = 0
  /** Row ids on screen mean nothing in another session. */
  let paintedSession: string | undefined
  let top = 0

  function paint(): void {
    frame = 0
    if (pool === undefined) return
    setBodyHeight()
    if (sorted && !anchor.holdsActive) setTop(0)
    else if (moved || sorted) setTop(top + anchor.shift() * rowHeight)
    moved = false
    sorted = false
    paintedSession = view.mirror.session
    const activeRowId = selection.activeRowId
    pool.paint(paintedRange(top, height, view.visibleCount), {
      ...look(),
      view,
      activeRowId,
      isSelected: (rowId) => selection.has(rowId),
    })
    anchor.remember(top, height, selection.activeIndex)
    pointAtActive()
  }

  function setBodyHeight(): void {
    const wanted = view.visibleCount * rowHeight
    if (body.value === null || wanted === paintedHeight) return
    paintedHeight = wanted
    body.value.style.height = `${wanted}px`
  }

  function setTop(wanted: number): void {
    const next = Math.max(0, Math.min(wanted, view.visibleCount * rowHeight - height))
    if (next === top || scroller.value === null) return
    top = next
    scroller.value.scrollTop = next
  }

  function pointAtActive(): void {
    const slot = view.visible[selection.activeIndex]
    const id = slot === undefined ? undefined : pool?.elementOf(slot)?.id
    const grid = scroller.value
    if (grid === null || (grid.getAttribute('aria-activedescendant') ?? undefined) === id) return
    if (id === undefined) grid.removeAttribute('aria-activedescendant')
    else grid.setAttribute('aria-activedescendant', id)
  }

  function measure(): void {
    height = Math.max(0, (scroller.value?.clientHeight ?? 0) - headerHeight) || assumedHeight
  }

  function onScroll(): void {
    top = scroller.value?.scrollTop ?? 0
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
    height: () => height,
    scrollTop: () => top,
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
      setTop(scrollTopShowing(index, top, height))
      paint()
    },
    sorted: () => {
      sorted = true
      request()
    },
  }
}
