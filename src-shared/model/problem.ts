/**
 * What could not be done or seen, told as data: the code names the text in every language, the parameters fill it. Problems go to
 * the status bar and to `doctor`; an empty table is never the only sign of a failure.
 */
export const problemCodes = [
  /** A source failed and the next one of the ordered list is in use. Parameters: source, reason. */
  'source-fallback',
  /** No source could be read at all. Parameters: reason. */
  'source-failed',
  /** One table of the source could not be read. Parameters: table, reason. */
  'table-unreadable',
  /** Owners of other users' sockets are not visible without more privileges. Parameters: count. */
  'owners-not-permitted',
  /** The source sees sockets of own processes only; those of other users are missing. Parameters: source. */
  'own-sockets-only',
  /** Names of processes come from a slower way, because the better one failed. Parameters: source, reason. */
  'process-facts-fallback',
  /** Nothing is known of any process but its number. Parameters: reason. */
  'process-facts-unreadable',
  /** /proc is mounted with hidepid: processes of other users are invisible. */
  'processes-hidden',
  /** This process lives in a process namespace of its own: owners outside it cannot be seen. */
  'own-process-namespace',
  /** Too many processes for the open-file limit; some owners are missing. Parameters: limit. */
  'too-many-processes',
  /** The kernel's answer was malformed and partly skipped. Parameters: count. */
  'malformed-answer',
  /** The dump was interrupted and repeated; the table may lag by one look. */
  'dump-interrupted',
  /** The settings file was damaged and set aside. Parameters: file, reason. */
  'settings-damaged',
  /** The settings could not be written. Parameters: file, reason. */
  'settings-unwritable',
] as const
export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'info' | 'warning' | 'error'
  readonly parameters?: Readonly<Record<string, string | number>>
}
