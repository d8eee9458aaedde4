/** What is wrong with a query and where. Interfaces translate `code` and fill it with `parameters`. */
export const queryErrorCodes = [
  /** limit */
  'too-long',
  /** limit: groups and negations within each other */
  'too-deep',
  /** key, nearest? */
  'unknown-key',
  /** key: understood, but this version has no such data */
  'not-available-yet',
  /** key: nothing follows the colon, or nothing stands between two commas */
  'missing-value',
  /** sign: nothing follows `-`, `!` or NOT */
  'missing-term',
  /** A group opened here is never closed. */
  'unclosed-group',
  /** A `)` without its `(`. */
  'unexpected-close',
  /** `()` */
  'empty-group',
  /** OR without a term on both sides. */
  'unexpected-or',
  /** AND without a term on both sides. */
  'unexpected-and',
  'unclosed-quote',
  /** A `/regex` without its last `/`. */
  'unclosed-regex',
  /** reason */
  'bad-regex',
  /** feature: what only backtracking engines know */
  'unsupported-regex',
  /** value, key, maximum */
  'bad-number',
  /** value, units */
  'bad-duration',
  /** value, units */
  'bad-size',
  /** from, to: the first is the greater one */
  'bad-range',
  /** value, key */
  'bad-address',
  /** value, maximum */
  'bad-cidr',
  /** value, nearest? */
  'bad-state',
  /** value */
  'bad-protocol',
  /** value, nearest? */
  'unknown-set',
  /** value, key: wildcard, regex or comparison where this key has none */
  'bad-value',
] as const
export type QueryErrorCode = (typeof queryErrorCodes)[number]

export interface QueryError {
  readonly code: QueryErrorCode
  /** In UTF-16 units of the query's text; `length` may be 0 at its end. */
  readonly position: number
  readonly length: number
  readonly parameters: Readonly<Record<string, string | number>>
}

export function queryError(
  code: QueryErrorCode,
  position: number,
  length: number,
  parameters: Readonly<Record<string, string | number | undefined>> = {},
): QueryError {
  const known = Object.entries(parameters).filter((entry): entry is [string, string | number] => entry[1] !== undefined)
  return { code, position, length, parameters: Object.fromEntries(known) }
}

/** A value, or the error in its place. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: QueryError }

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value })
export const refused = (error: QueryError): { readonly ok: false; readonly error: QueryError } => ({ ok: false, error })
