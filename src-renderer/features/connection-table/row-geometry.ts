/** Where rows are. All lengths are CSS pixels; the header lies above and outside of what is meant here. */
import type { Density } from '../../../src-shared/model/table-layout.ts'

export interface GridMetrics {
  readonly rowHeight: number
  readonly headerHeight: number
  readonly fontSize: number
  /** By which column widths are multiplied. */
  readonly zoom: number
}

/** At a zoom of 100 %. A roomy row is as high as a fingertip finds it easily; a compact one leaves a line of text just its height. */
const rowHeights: Readonly<Record<Density, number>> = { compact: 20, normal: 24, roomy: 32 }
const usualHeaderHeight = 28
const usualFontSize = 13

/** Whole pixels: rows at half pixels would be blurred. */
export function gridMetrics(density: Density, zoomPercent: number): GridMetrics {
  const zoom = zoomPercent / 100
  return {
    rowHeight: Math.round(rowHeights[density] * zoom),
    headerHeight: Math.round(usualHeaderHeight * zoom),
    fontSize: usualFontSize * zoom,
    zoom,
  }
}

/** Rows painted above and below the screen, so that a frame painted late shows rows and not a gap. */
const overscan = 6

export interface RowRange {
  readonly first: number
  /** Exclusive. */
  readonly end: number
}

/** The part of the table's height that is on screen. */
export interface Screen {
  readonly top: number
  readonly height: number
  readonly rowHeight: number
}

/** The rows to paint. */
export function paintedRange({ top, height, rowHeight }: Screen, rowCount: number): RowRange {
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), rowCount) - overscan)
  return { first, end: Math.min(rowCount, Math.ceil((top + height) / rowHeight) + overscan) }
}

/** The rows of which anything is on screen. */
export function screenRange({ top, height, rowHeight }: Screen, rowCount: number): RowRange {
  const first = Math.min(Math.floor(top / rowHeight), rowCount)
  return { first, end: Math.min(rowCount, Math.ceil((top + height) / rowHeight)) }
}

/** Rows that fit on the screen in full; at least one. */
export function rowsPerPage({ height, rowHeight }: Screen): number {
  return Math.max(1, Math.floor(height / rowHeight))
}

/** The nearest scroll position that shows a row in full. */
export function scrollTopShowing(index: number, { top, height, rowHeight }: Screen): number {
  const rowTop = index * rowHeight
  if (rowTop < top) return rowTop
  return Math.max(top, rowTop + rowHeight - height)
}
