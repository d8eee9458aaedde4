/** The filters of the table as they are kept between runs and in saved views: words, not codes, so that files outlive versions. */
import * as v from 'valibot'
import { maximumQueryLength } from '../query/parse-query.ts'
import { tcpStates } from './tcp-state.ts'

/** The switches of the toolbar; each one that is off hides a kind of row. */
export const switchNames = ['tcp', 'udp', 'ipv4', 'ipv6', 'listening', 'loopback'] as const

/** Rows without a state, UDP's, among the states. */
export const noState = 'NONE'
const stateNames = [...tcpStates, noState] as const

/** What anybody goes back to; more would bury it. */
export const maximumRecentQueries = 20
const queryTextSchema = v.pipe(v.string(), v.maxLength(maximumQueryLength))

export const keptFiltersSchema = v.strictObject({
  /** The search as it was typed; it may be one that an older or newer version understands. */
  text: queryTextSchema,
  /** Switches that are off. */
  hidden: v.pipe(v.array(v.picklist(switchNames)), v.maxLength(switchNames.length)),
  /** States that are picked; none for all. */
  states: v.pipe(v.array(v.picklist(stateNames)), v.maxLength(stateNames.length)),
})
export type KeptFilters = v.InferOutput<typeof keptFiltersSchema>

export const noFilters: KeptFilters = { text: '', hidden: [], states: [] }

/** The latest first. */
export const recentQueriesSchema = v.pipe(v.array(v.pipe(queryTextSchema, v.minLength(1))), v.maxLength(maximumRecentQueries))
