/** What the command tells its caller. Documented in docs/cli.md; never renumber. */
export const exitCode = {
  done: 0,
  /** Nothing matched, or what was asked for did not come about. */
  nothing: 1,
  /** `diagnose`: something is wrong. */
  found: 1,
  wrongUsage: 2,
  notPermitted: 3,
  targetGone: 4,
  /** The machine could not be read, or Sockscope itself failed. */
  failed: 5,
} as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
