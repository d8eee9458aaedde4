/** A way of looking that a person gave a name: which page, what it shows, how it is arranged. Kept with the settings. */
import * as v from 'valibot'
import { keptFiltersSchema } from './kept-filters.ts'
import { groupingSchema, groupSortSchema } from './kept-group-pages.ts'
import { tableLayoutSchema } from './table-layout.ts'

export const viewPages = ['connections', 'processes', 'listening', 'remotes'] as const
export type ViewPage = (typeof viewPages)[number]

export const maximumViewNameLength = 60
/** A menu that can still be read; the first nine have keys. */
export const maximumViews = 30
const { columns, sort, density } = tableLayoutSchema.entries

/** Text without control characters and without room around it, so that two names that look the same are the same. */
export const viewNameSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(maximumViewNameLength),
  v.check((name) => name === name.trim() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name), 'the name is no plain text'),
)

export const viewContentSchema = v.strictObject({
  page: v.picklist(viewPages),
  /** Switches and states belong to the page of connections. */
  filters: keptFiltersSchema,
  /** What the rows are grouped by, on the other pages. */
  grouping: v.optional(groupingSchema),
  groupSort: v.optional(groupSortSchema),
  /** Of the page of connections; absent: the table stays as it is. */
  table: v.optional(v.strictObject({ columns, sort, density })),
})
export type ViewContent = v.InferOutput<typeof viewContentSchema>

const savedViewSchema = v.strictObject({ name: viewNameSchema, ...viewContentSchema.entries })
export type SavedView = v.InferOutput<typeof savedViewSchema>

/** In the order of the menu. */
export const savedViewsSchema = v.pipe(
  v.array(savedViewSchema),
  v.maxLength(maximumViews),
  v.check((views) => new Set(views.map(({ name }) => name)).size === views.length, 'two views have one name'),
)
