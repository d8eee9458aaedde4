/** Where rows are. All lengths are CSS pixels; the header lies above and outside of what is meant here. */
export const rowHeight = 24
/** Must equal the header's height in the style sheet. */
export const headerHeight = 28
/** Rows painted above and below the screen, so that a frame painted late shows rows and not a gap. */
const overscan = 6

export interface RowRange {
  readonly first: number
  /** Exclusive. */
  readonly end: number
}

/** The rows to paint. */
export function paintedRange(scrollTop: number, height: number, rowCount: number): RowRange {
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), rowCount) - overscan)
  return { first, end: Math.min(rowCount, Math.ceil((scrollTop + height) / rowHeight) + overscan) }
}

/** The rows of which anything is on screen. */
export function screenRange(scrollTop: number, height: number, rowCount: number): RowRange {
  const first = Math.min(Math.floor(scrollTop / rowHeight), rowCount)
  return { first, end: Math.min(rowCount, Math.ceil((scrollTop + height) / rowHeight)) }
}

/** Rows that fit on the screen in full; at least one. */
export function rowsPerPage(height: number): number {
  return Math.max(1, Math.floor(height / rowHeight))
}

/** The nearest scroll position that shows a row in full. */
export function scrollTopShowing(index: number, scrollTop: number, height: number): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + rowHeight - height)
}
