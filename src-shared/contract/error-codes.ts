/** Why a call as a whole failed. What happened to single targets of an action is told by `ActionOutcome` instead. */
export const errorCodes = [
  /** The call is not part of the contract. */
  'unknown-call',
  /** The input did not pass the contract's check. */
  'invalid-input',
  /** The host does not allow this call (read-only web host). */
  'not-allowed',
  /** Too many calls at once from one client. */
  'too-many-calls',
  /** The engine process is down or restarting. */
  'engine-unavailable',
  /** The other side went away before it answered. */
  'disconnected',
  /** No answer in time. */
  'timeout',
  /** The named connection or process does not exist (any more). */
  'not-found',
  /** A defect; the message says where. */
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]
