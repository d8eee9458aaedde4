/** How a person arranged the table of connections: kept between runs. Column names are the interface's own; it ignores those it does not know. */
import * as v from 'valibot'

export const narrowestColumn = 36
export const widestColumn = 1200
/** More columns than any version has. */
const mostColumns = 80
/** A fourth column hardly ever decides anything, and every level costs a pass over all rows. */
export const mostSortLevels = 4
export const smallestZoomPercent = 70
export const largestZoomPercent = 200

const columnName = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,39}$/))
const columnChoice = v.strictObject({
  id: columnName,
  /** CSS pixels at a zoom of 100 %; absent for the usual width. */
  width: v.optional(v.pipe(v.number(), v.integer(), v.minValue(narrowestColumn), v.maxValue(widestColumn))),
  hidden: v.boolean(),
  /** Stays at the start while the others scroll sideways. */
  pinned: v.boolean(),
})
const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length

export const densities = ['compact', 'normal', 'roomy'] as const
export type Density = (typeof densities)[number]

export const tableLayoutSchema = v.strictObject({
  /** In order; empty for the usual columns. */
  columns: v.pipe(
    v.array(columnChoice),
    v.maxLength(mostColumns),
    v.check((columns) => distinct(columns.map(({ id }) => id)), 'a column is named twice'),
  ),
  /** What decides first comes first; empty for the usual order. */
  sort: v.pipe(
    v.array(v.strictObject({ column: columnName, descending: v.boolean() })),
    v.maxLength(mostSortLevels),
    v.check((terms) => distinct(terms.map(({ column }) => column)), 'a column is sorted by twice'),
  ),
  density: v.picklist(densities),
  zoomPercent: v.pipe(v.number(), v.integer(), v.minValue(smallestZoomPercent), v.maxValue(largestZoomPercent)),
})
export type TableLayout = v.InferOutput<typeof tableLayoutSchema>

export const usualTableLayout: TableLayout = { columns: [], sort: [], density: 'normal', zoomPercent: 100 }
