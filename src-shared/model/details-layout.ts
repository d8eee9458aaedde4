/** How the details panel was left: where it stands, how large, and which of its pages is open. */
import * as v from 'valibot'

export const detailsPages = ['connection', 'process', 'history', 'traffic', 'ends'] as const
export type DetailsPage = (typeof detailsPages)[number]

/** CSS pixels: a line of facts is 20 high; below, neither a table row nor a chart can be read. */
export const minimumDetailsHeight = 120
export const minimumDetailsWidth = 300
/** Larger than any screen of today; a window that is smaller limits it further. */
const largestDetails = 8000

const size = (least: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(largestDetails)))

export const detailsLayoutSchema = v.strictObject({
  dock: v.picklist(['bottom', 'right']),
  page: v.picklist(detailsPages),
  /** CSS pixels; absent: as large as fits well. */
  height: size(minimumDetailsHeight),
  width: size(minimumDetailsWidth),
})
export type DetailsLayout = v.InferOutput<typeof detailsLayoutSchema>

export const defaultDetailsLayout: DetailsLayout = { dock: 'bottom', page: 'connection' }
