/** How the pages of groups are set, kept between runs. Words are the interface's own; it falls back to the usual ones for those it does not know. */
import * as v from 'valibot'
import { maximumQueryLength } from '../query/parse-query.ts'

const word = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,39}$/))
export const groupingSchema = word
export const groupSortSchema = v.strictObject({ column: word, descending: v.boolean() })

const keptGroupPageSchema = v.strictObject({
  /** The search as it was typed; it may be one that an older or newer version understands. */
  text: v.pipe(v.string(), v.maxLength(maximumQueryLength)),
  grouping: groupingSchema,
  sort: groupSortSchema,
})

/** A page that nobody changed is absent. */
export const keptGroupPagesSchema = v.strictObject({
  processes: v.optional(keptGroupPageSchema),
  listening: v.optional(keptGroupPageSchema),
  remotes: v.optional(keptGroupPageSchema),
})
export type KeptGroupPages = v.InferOutput<typeof keptGroupPagesSchema>
