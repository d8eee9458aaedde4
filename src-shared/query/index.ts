/** The filter language: one implementation for the table, the command line, saved views and alerts. */
export { compileQuery } from './compile-query.ts'
export { maximumQueryLength, parseQuery, type QueryOutcome } from './parse-query.ts'
export type { Query } from './query.ts'
export { type QueryError, type QueryErrorCode } from './query-error.ts'
export { queryErrorText } from './query-error-text.ts'
export { queryKeys, setNames, type QueryKey, type SetName, type ValueKind } from './query-keys.ts'
export { queryText } from './query-text.ts'
export type { Highlight, QueryContext, RowPredicate } from './row-test.ts'
